package io.keyturn.app.web;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** People sign in at an identity provider, and are known by a cookie for eight hours, or until they sign out. */
public final class OidcAccess implements SignIn {
    /** Where the provider sends people back to. */
    public static final String BACK = "/signed-in";

    /** Browsers take a cookie of such a name only from this very host, over TLS, and for all of it. */
    static final String SESSION = "__Host-keyturn-session";

    static final String BROWSER = "__Host-keyturn-sign-in";

    private static final Duration DAY = Duration.ofHours(8);
    private static final Duration AWAY = Duration.ofMinutes(10);
    private static final int LONGEST_ADDRESS = 2_000;

    private final OidcProvider provider;
    private final Map<String, Role> roles;
    private final Consumer<String> log;
    private final Kept<Person> sessions;
    private final Kept<Away> away;

    /**
     * Somebody who was sent to the provider.
     *
     * @param browser the word of theirs, without which an answer is not theirs
     * @param to the page they wanted
     */
    private record Away(OidcProvider.Question question, String browser, String to) {}

    /**
     * @param roles of groups; whoever is in several has the highest
     * @param log told who signs in and out
     */
    public OidcAccess(OidcProvider provider, Map<String, Role> roles, InstantSource clock, Consumer<String> log) {
        this.provider = provider;
        this.roles = Map.copyOf(roles);
        this.log = log;
        this.sessions = new Kept<>(DAY, clock);
        this.away = new Kept<>(AWAY, clock);
    }

    @Override
    public Person person(Headers headers) throws Denied {
        return sessions.find(Cookies.word(headers, SESSION))
                .orElseThrow(() -> new Denied(
                        401,
                        "Not signed in",
                        "You are not signed in, or no longer. Open a page of this server in a browser and sign in."));
    }

    @Override
    public Optional<Reply> answer(String path, Query query, Headers headers) throws Denied {
        return switch (path) {
            case BEGIN -> Optional.of(send(query.first("to"), Cookies.word(headers, BROWSER)));
            case BACK -> Optional.of(back(query, headers));
            default -> Optional.empty();
        };
    }

    private Reply send(String to, String known) {
        String browser = known.isEmpty() ? Seal.word() : known;
        OidcProvider.Question question = provider.ask();
        away.keep(question.state(), new Away(question, browser, here(to)));
        return with(Reply.to(question.address().toString()), BROWSER, browser, AWAY);
    }

    /** Only a page of this server, whatever the address asked for. */
    private static String here(String to) {
        boolean own = to.length() <= LONGEST_ADDRESS && !to.equals(OUT) && to.matches("/(?!/)[\\x21-\\x7e&&[^\\\\]]*");
        return own ? to : "/";
    }

    private Reply back(Query query, Headers headers) throws Denied {
        // Taken at once: an answer counts for one sign-in, and never again.
        Away gone = away.take(query.first("state"))
                .filter(one -> one.browser().equals(Cookies.word(headers, BROWSER)))
                .orElseThrow(() -> denied("it was not begun in this browser within the last ten minutes"));
        TokenClaims.Known known;
        try {
            known = provider.answer(gone.question(), query.values());
        } catch (SignInFailure e) {
            throw denied(e.why());
        }
        Person person = new Person(known.name(), Role.of(known.groups(), roles), true);
        // A new word at each sign-in, so that one that somebody planted before is worth nothing.
        sessions.take(Cookies.word(headers, SESSION));
        String word = Seal.word();
        sessions.keep(word, person);
        log.accept("signed in: " + person.name() + " as " + person.role().label());
        return with(Reply.to(gone.to()), SESSION, word, DAY);
    }

    private static Denied denied(String why) {
        return new Denied(
                403,
                "Not signed in",
                "The sign-in came to nothing: " + why
                        + ". Begin again at the overview; if it stays so, tell whoever runs" + " this server.");
    }

    @Override
    public Reply out(Call call) {
        String name = call.person().name();
        sessions.dropIf(person -> person.name().equals(name));
        log.accept("signed out: " + name);
        String leave = provider.leave().map(URI::toString).orElse("");
        Reply page = Reply.html(200, Pages.text("signed-out", Map.of("leave", leave)));
        return with(page, SESSION, "", Duration.ZERO);
    }

    /** With a cookie that scripts cannot read, and that other sites' forms do not bring; links to here do. */
    private static Reply with(Reply reply, String name, String word, Duration age) {
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put(
                "Set-Cookie",
                name + "=" + word + "; Path=/; Max-Age=" + age.toSeconds() + "; HttpOnly; Secure; SameSite=Lax");
        return new Reply(reply.status(), reply.type(), reply.body(), headers);
    }
}

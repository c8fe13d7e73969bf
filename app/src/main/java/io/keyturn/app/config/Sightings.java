package io.keyturn.app.config;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.UserClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Gathers what accounts tell, one after another: nothing of a Snapshot is kept but counts and names. */
public final class Sightings {
    /** Parts of a tag's name that say whom to ask, the most direct way first. */
    private static final List<String> OWNER_WORDS =
            List.of("slack", "email", "e-mail", "mail", "owner", "contact", "responsible", "maintainer", "team");

    private static final Set<String> MACHINE_FOLDERS = Set.of(
            "app",
            "apps",
            "automation",
            "bot",
            "ci",
            "cicd",
            "deploy",
            "robot",
            "robots",
            "svc",
            "system",
            "terraform");
    private static final Set<String> PERSON_FOLDERS =
            Set.of("admins", "developers", "employees", "engineers", "human", "person", "staff", "team", "user");
    private static final int MOST = 5;

    private final List<Seen.Account> accounts = new ArrayList<>();
    private final Map<UserClass.Kind, Integer> users = new EnumMap<>(UserClass.Kind.class);
    private final Map<String, Integer> tags = new HashMap<>();
    private final Map<Seen.Sign, Integer> signs = new HashMap<>();

    /** Looks at one account. */
    public void add(Snapshot snapshot) {
        accounts.add(new Seen.Account(
                snapshot.account().id(),
                snapshot.account().name(),
                snapshot.account().ou().orElse("")));
        snapshot.users().forEach(this::add);
    }

    private void add(User user) {
        Map<String, String> held = user.tags().orElse(Map.of());
        held.forEach((name, value) -> {
            if (ownerRank(name) < OWNER_WORDS.size() && !value.isBlank()) {
                tags.merge(name, 1, Integer::sum);
            }
        });
        UserClass.Kind kind = UserClass.judge(user) instanceof Fact.Known<UserClass> known
                ? known.value().kind()
                : UserClass.Kind.UNKNOWN;
        users.merge(kind, 1, Integer::sum);
        if (kind == UserClass.Kind.UNKNOWN) {
            held.forEach((name, value) -> count(new Seen.Sign.Tagged(name, value, UserClass.kindOfTag(value))));
            folders(user.path()).forEach(this::count);
        }
    }

    private static Stream<Seen.Sign> folders(String path) {
        String first = path.indexOf('/', 1) > 0 ? path.substring(1, path.indexOf('/', 1)) : "";
        String word = first.toLowerCase(Locale.ROOT);
        UserClass.Kind kind = MACHINE_FOLDERS.contains(word)
                ? UserClass.Kind.MACHINE
                : PERSON_FOLDERS.contains(word) ? UserClass.Kind.PERSON : UserClass.Kind.UNKNOWN;
        return Stream.of(new Seen.Sign.Below("/" + first + "/", kind));
    }

    private void count(Seen.Sign sign) {
        if (sign.kind() != UserClass.Kind.UNKNOWN) {
            signs.merge(sign, 1, Integer::sum);
        }
    }

    private static int ownerRank(String tag) {
        String name = tag.toLowerCase(Locale.ROOT);
        int rank = 0;
        while (rank < OWNER_WORDS.size() && !name.contains(OWNER_WORDS.get(rank))) {
            rank++;
        }
        return rank;
    }

    /** All that was seen. */
    public Seen seen() {
        List<String> owners = tags.keySet().stream()
                .sorted(Comparator.comparingInt(Sightings::ownerRank)
                        .thenComparing(tags::get, Comparator.reverseOrder())
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
        accounts.sort(Comparator.comparing(account -> account.id().value()));
        return new Seen(
                accounts,
                users,
                owners,
                Stream.concat(
                                frequent(sign -> sign.kind() == UserClass.Kind.MACHINE),
                                frequent(sign -> sign.kind() == UserClass.Kind.PERSON))
                        .toList());
    }

    private Stream<Seen.Sign> frequent(Predicate<Seen.Sign> which) {
        Comparator<Seen.Sign> byText = Comparator.comparing(Object::toString);
        return signs.keySet().stream()
                .filter(which)
                .sorted(byText)
                .sorted(Comparator.comparing(signs::get, Comparator.reverseOrder()))
                .limit(MOST);
    }
}

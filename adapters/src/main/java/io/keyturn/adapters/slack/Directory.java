package io.keyturn.adapters.slack;

import io.keyturn.core.model.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who is in the workspace, each asked for once. Slack allows some 100 look-ups of one member a minute, so a run that needs
 * many reads pages of the whole list instead.
 */
final class Directory {
    /** Members looked up one by one before the list is read. */
    static final int SINGLY = 20;

    /** Pages of the list that are worth it. */
    static final int PAGES = 50;

    private final SlackApi api;
    private final Map<String, Lookup> byId = new ConcurrentHashMap<>();
    private final Map<String, Lookup> byMail = new ConcurrentHashMap<>();
    private final AtomicInteger singly = new AtomicInteger();
    private boolean listed;

    Directory(SlackApi api) {
        this.api = api;
    }

    /** What came of looking for somebody. */
    sealed interface Lookup {
        record Found(Member member) implements Lookup {}

        /** There is no such member, as surely as Slack can say. */
        record Absent(Problem problem) implements Lookup {}

        /** It could not be told. */
        record Failed(Problem problem) implements Lookup {}
    }

    Lookup byId(String id) throws InterruptedException {
        return find(byId, id, "users.info", "user");
    }

    Lookup byMail(String mail) throws InterruptedException {
        return find(byMail, mail.toLowerCase(Locale.ROOT), "users.lookupByEmail", "email");
    }

    private Lookup find(Map<String, Lookup> known, String key, String method, String argument)
            throws InterruptedException {
        Lookup before = known.get(key);
        if (before == null && singly.incrementAndGet() > SINGLY) {
            list();
            before = known.get(key);
        }
        if (before != null) {
            return before;
        }
        Lookup found = ask(method, argument, key);
        if (!(found instanceof Lookup.Failed)) {
            known.put(key, found);
        }
        return found;
    }

    private Lookup ask(String method, String argument, String key) throws InterruptedException {
        return switch (api.get(method, Map.of(argument, key), Recipient.on(key))) {
            case Reply.Done done -> found(Member.of(done.body().path("user")), method, key);
            case Reply.Refused refused ->
                SlackErrors.isOfRecipient(refused.error())
                        ? new Lookup.Absent(refused.problem())
                        : new Lookup.Failed(refused.problem());
            case Reply.Doubtful doubtful -> new Lookup.Failed(doubtful.problem());
        };
    }

    private static Lookup found(Member member, String method, String key) {
        return member.id().isEmpty()
                ? new Lookup.Failed(new Problem(
                        "use " + method, Recipient.on(key), "it answered without a member", "try again later"))
                : new Lookup.Found(member);
    }

    /** Whatever goes wrong with the list, members can still be asked for one by one. */
    private synchronized void list() throws InterruptedException {
        if (listed) {
            return;
        }
        listed = true;
        AtomicInteger pages = new AtomicInteger();
        new MemberPages(api).each(page -> {
            remember(page);
            return pages.incrementAndGet() < PAGES;
        });
    }

    private void remember(List<Member> page) {
        for (Member member : page) {
            Lookup found = new Lookup.Found(member);
            byId.putIfAbsent(member.id(), found);
            if (!member.mail().isEmpty()) {
                byMail.putIfAbsent(member.mail().toLowerCase(Locale.ROOT), found);
            }
        }
    }
}

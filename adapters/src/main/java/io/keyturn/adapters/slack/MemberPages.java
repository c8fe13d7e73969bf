package io.keyturn.adapters.slack;

import io.keyturn.core.model.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All members of a workspace, page by page. */
final class MemberPages {
    /** As many as Slack recommends to ask for at once. */
    static final int PAGE = 200;

    private static final String METHOD = "users.list";
    private static final String ON = "Slack";

    private final SlackApi api;

    MemberPages(SlackApi api) {
        this.api = api;
    }

    /** Takes a page. */
    @FunctionalInterface
    interface Taker {
        /** Whether more is wanted. */
        boolean take(List<Member> page);
    }

    /** Reads page after page; tells why where that ended before the last. */
    Optional<Problem> each(Taker taker) throws InterruptedException {
        Set<String> seen = new HashSet<>();
        String cursor = "";
        while (true) {
            Map<String, String> arguments = new TreeMap<>(Map.of("limit", Integer.toString(PAGE)));
            if (!cursor.isEmpty()) {
                arguments.put("cursor", cursor);
            }
            switch (api.get(METHOD, arguments, ON)) {
                case Reply.Refused refused -> {
                    return Optional.of(refused.problem());
                }
                case Reply.Doubtful doubtful -> {
                    return Optional.of(doubtful.problem());
                }
                case Reply.Done done -> {
                    boolean more = taker.take(done.body()
                            .path("members")
                            .valueStream()
                            .map(Member::of)
                            .toList());
                    cursor = done.body()
                            .path("response_metadata")
                            .path("next_cursor")
                            .asString("");
                    if (!more || cursor.isEmpty()) {
                        return Optional.empty();
                    }
                }
            }
            if (!seen.add(cursor)) {
                return Optional.of(new Problem(
                        "use " + METHOD,
                        ON,
                        "it gave the same cursor twice, so its pages never end",
                        "try again later"));
            }
        }
    }
}

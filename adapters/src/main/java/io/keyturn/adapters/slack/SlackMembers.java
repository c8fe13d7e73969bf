package io.keyturn.adapters.slack;

import io.keyturn.core.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lists everybody in a workspace. */
public final class SlackMembers {
    private final MemberPages pages;

    public SlackMembers(SlackAccess access) {
        this.pages = new MemberPages(access.api());
    }

    /**
     * Hands over page after page, in Slack's order.
     *
     * @return why not all were read; empty where they were
     */
    public Optional<Problem> each(Consumer<List<Member>> taker) throws InterruptedException {
        return pages.each(page -> {
            taker.accept(page);
            return true;
        });
    }
}

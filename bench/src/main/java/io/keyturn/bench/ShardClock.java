package io.keyturn.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * The reading of one shard on a clock that only calls and waiting move, by the rules of the real one: the list of accounts
 * comes page by page, each account's report is asked for at once and looked for without a permit, 64 calls are in flight,
 * 32 accounts are open.
 */
final class ShardClock {
    private static final long CALL = 30;
    private static final int IN_FLIGHT = 64;
    private static final int OPEN = 32;
    private static final int LISTED = 20;
    private static final int DETAILS = 1_000;
    /** Of {@code GenerateCredentialReport}: when it is looked for first, and the least time to the next look. */
    private static final long FIRST_LOOK = 2_000;

    private static final long NEXT_LOOK = 1_000;

    private final long reportTakes;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Queue<Runnable> waitingCalls = new ArrayDeque<>();
    private final Queue<Runnable> waitingAccounts = new ArrayDeque<>();
    private long now;
    private long order;
    private int flying;
    private int open;
    private long calls;

    private record Event(long at, long order, Runnable then) {}

    /** What of an account decides how many calls it takes. */
    record Size(boolean mine, int users, int atRisk) {}

    /**
     * How long it took, in milliseconds, and with how many calls.
     *
     * @param calls to AWS
     */
    record Read(long millis, long calls) {}

    private ShardClock(long reportTakes) {
        this.reportTakes = reportTakes;
    }

    /**
     * Reads the accounts of a shard.
     *
     * @param all of the organization, of which only this shard's are read
     * @param reportTakes milliseconds that AWS makes a credential report in
     */
    static Read read(List<Size> all, long reportTakes) {
        ShardClock clock = new ShardClock(reportTakes);
        clock.list(new ArrayList<>(all), 0);
        while (!clock.events.isEmpty()) {
            Event next = clock.events.remove();
            clock.now = next.at();
            next.then().run();
        }
        return new Read(clock.now, clock.calls);
    }

    private void list(List<Size> all, int from) {
        if (from < all.size()) {
            call(() -> {
                int to = Math.min(from + LISTED, all.size());
                all.subList(from, to).stream().filter(Size::mine).forEach(this::begin);
                list(all, to);
            });
        }
    }

    private void begin(Size account) {
        // The role, then the report.
        call(() -> call(() -> look(account, now, FIRST_LOOK)));
    }

    private void look(Size account, long asked, long look) {
        at(
                asked + look,
                () -> call(() -> {
                    if (now - asked >= reportTakes) {
                        waitingAccounts.add(() -> open(account));
                        openNext();
                    } else {
                        look(account, asked, look + Math.max(look / 4, NEXT_LOOK));
                    }
                }));
    }

    private void openNext() {
        while (open < OPEN && !waitingAccounts.isEmpty()) {
            open++;
            waitingAccounts.remove().run();
        }
    }

    private void open(Size account) {
        call(() -> details(account, (account.users() + DETAILS - 1) / DETAILS));
    }

    private void details(Size account, int pages) {
        if (pages > 0) {
            call(() -> details(account, pages - 1));
        } else {
            ids(account.atRisk());
        }
    }

    private void ids(int users) {
        int[] left = {users};
        if (users == 0) {
            close();
        }
        for (int i = 0; i < users; i++) {
            call(() -> {
                if (--left[0] == 0) {
                    close();
                }
            });
        }
    }

    private void close() {
        open--;
        openNext();
    }

    private void call(Runnable then) {
        waitingCalls.add(then);
        fly();
    }

    private void fly() {
        while (flying < IN_FLIGHT && !waitingCalls.isEmpty()) {
            flying++;
            calls++;
            Runnable then = waitingCalls.remove();
            at(now + CALL, () -> {
                flying--;
                then.run();
                fly();
            });
        }
    }

    private void at(long time, Runnable then) {
        events.add(new Event(time, order++, then));
    }
}

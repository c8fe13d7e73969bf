package io.keyturn.sandbox.ports;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.fault.FaultRules;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.world.Consistency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ReadingTest {
    /** A key as both ways of reading tell it. */
    private record Told(String user, String id, boolean active, Instant created, LastUse use, Object facts) {}

    @Test
    void both_ways_of_reading_tell_the_same_of_a_quiet_world() throws Exception {
        Small small = new Small(40, Consistency.IMMEDIATE);

        Snapshot report = read(small, ReadMode.REPORT, Faults.NONE);
        Snapshot live = read(small, ReadMode.LIVE, Faults.NONE);

        assertThat(told(report)).isEqualTo(told(live)).hasSizeGreaterThan(40);
        assertThat(report.users()).hasSize(40).doesNotHaveDuplicates();
        assertThat(report.reading().complete()).isTrue();
        assertThat(report.asOf()).isEqualTo(Small.NOW.plusSeconds(2));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.Kind.class,
            mode = Mode.EXCLUDE,
            names = {"OK", "SLOW", "LATE_LANDING"})
    void whichever_call_fails_nothing_is_told_as_whole_that_is_not(Fate.Kind kind) throws Exception {
        for (ReadMode mode : List.of(ReadMode.LIVE, ReadMode.REPORT)) {
            List<Told> whole = told(read(new Small(14, Consistency.REAL), mode, Faults.NONE));
            int calls = 0;
            boolean reached = true;
            while (reached) {
                NthCall failing = new NthCall(++calls, kind);
                try {
                    Snapshot snapshot = read(new Small(14, Consistency.REAL), mode, failing);
                    assertThat(!snapshot.reading().complete() || told(snapshot).equals(whole))
                            .as("%s at call %d, %s, by %s", kind, calls, failing.struck, mode)
                            .isTrue();
                } catch (ReadFailure failure) {
                    assertThat(failure.problem().sentence()).startsWith("could not ");
                }
                reached = failing.struck != null;
            }
            assertThat(calls).isGreaterThan(mode == ReadMode.LIVE ? 100 : 8);
        }
    }

    @Test
    void a_role_that_may_not_use_the_report_is_read_live_and_that_is_said() throws Exception {
        Faults denied = new FaultRules(List.of(Fault.always("GenerateCredentialReport", Fate.Kind.ACCESS_DENIED)));

        Snapshot snapshot = read(new Small(14, Consistency.REAL), ReadMode.AUTO, denied);

        assertThat(snapshot.notes()).containsExactly("read live: iam:GenerateCredentialReport is denied");
        assertThat(snapshot.reading().complete()).isTrue();
    }

    @Test
    void a_report_tells_what_was_when_it_was_asked_for() throws Exception {
        Small small = new Small(14, Consistency.IMMEDIATE);
        AccountReading reading = begin(small, ReadMode.REPORT, Faults.NONE);
        String id = small.user("no-tags").keys().getFirst().id();
        new WorldIam(small.world, small.account(), WorldAccounts.ACT, small.clock, Faults.NONE)
                .updateAccessKey("no-tags", id, false);

        reading.awaitReady();
        Snapshot snapshot = reading.read();

        AccessKey key = snapshot.users().stream()
                .filter(user -> user.name().value().equals("no-tags"))
                .findFirst()
                .orElseThrow()
                .keys()
                .orElse(List.of())
                .getFirst();
        assertThat(key.active()).isTrue();
    }

    @Test
    void the_organization_is_handed_over_whole_or_as_out_of_reach() {
        Small small = new Small(14, Consistency.REAL);
        Faults denied = new FaultRules(List.of(Fault.always("ListAccounts", Fate.Kind.ACCESS_DENIED)));

        assertThat(small.entries(ReadMode.AUTO, Faults.NONE)).singleElement().isInstanceOf(AccountEntry.Readable.class);
        assertThat(small.entries(ReadMode.AUTO, denied))
                .singleElement()
                .isInstanceOfSatisfying(
                        AccountEntry.Unreachable.class,
                        entry -> assertThat(entry.problem().sentence())
                                .isEqualTo("could not list the accounts of the organization: AWS denies it"));
    }

    /** Fails one call, counted over all of them. */
    private static final class NthCall implements Faults {
        private final int nth;
        private final Fate.Kind kind;
        private int calls;
        Operation struck;

        NthCall(int nth, Fate.Kind kind) {
            this.nth = nth;
            this.kind = kind;
        }

        @Override
        public Fate before(Operation operation) {
            boolean now = ++calls == nth;
            struck = now ? operation : struck;
            return now ? Fate.of(kind) : Fate.OK;
        }
    }

    private static AccountReading begin(Small small, ReadMode mode, Faults faults) throws Exception {
        AccountEntry entry = small.entries(mode, faults).getFirst();
        if (entry instanceof AccountEntry.Unreachable unreachable) {
            throw new ReadFailure(unreachable.problem());
        }
        return ((AccountEntry.Readable) entry).reader().begin(Small.ALL);
    }

    private static Snapshot read(Small small, ReadMode mode, Faults faults) throws Exception {
        AccountReading reading = begin(small, mode, faults);
        reading.awaitReady();
        Snapshot snapshot = reading.read();
        Set<UserId> all = snapshot.users().stream().map(User::id).collect(Collectors.toSet());
        return reading.identify(snapshot, all);
    }

    private static List<Told> told(Snapshot snapshot) {
        List<Told> told = new ArrayList<>();
        for (User user : snapshot.users()) {
            List<Object> facts = List.of(
                    user.tags().orElse(Map.of()),
                    user.groups().orElse(List.of()),
                    user.policies().orElse(List.of()),
                    user.boundary().orElse("?"),
                    user.console().orElse(false),
                    user.mfa().orElse(false));
            for (AccessKey key : user.keys().orElse(List.of())) {
                told.add(new Told(
                        user.name().value(),
                        String.valueOf(key.id()),
                        key.active(),
                        key.created(),
                        key.lastUse(),
                        facts));
            }
        }
        return told.stream()
                .sorted(Comparator.comparing(Told::user).thenComparing(Told::id))
                .toList();
    }
}

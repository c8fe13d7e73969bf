package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.app.config.Settings;
import io.keyturn.app.evidence.Span;
import io.keyturn.app.evidence.TrailSheet;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.Witness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what CloudTrail tells of changed keys, for evidence. */
final class TrailReading {
    private static final Duration KEPT = Duration.ofDays(90);
    private static final List<String> CHANGES = List.of("CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey");

    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;

    TrailReading(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * The events of these accounts; null where CloudTrail keeps none of the days.
     *
     * @param lacking is told what could not be read, a sentence each
     */
    @Nullable
    TrailSheet of(Span span, List<Account> read, Meter meter, List<String> lacking) throws InterruptedException {
        Instant oldest = clock.instant().minus(KEPT);
        if (span.start().isBefore(oldest)) {
            lacking.add("CloudTrail keeps events for 90 days: what confirms the acts before "
                    + oldest.toString().substring(0, 10) + " is not here");
        }
        if (!span.end().isAfter(oldest)) {
            return null;
        }
        Instant since = span.start().isAfter(oldest) ? span.start() : oldest;
        Set<String> roles = roles();
        TrailSheet sheet = new TrailSheet(event -> isOwn(event.actor(), roles));
        try (AwsAccounts accounts = new AwsAccounts(
                Surveys.awsSettings(settings, environment, RunName.of(clock.instant()), false),
                KeyIdMemory.NONE,
                meter,
                clock)) {
            accounts.each(entry -> {});
            for (Account account : read) {
                read(accounts.witness(), account, span, since, sheet, lacking);
            }
        }
        return sheet;
    }

    private static void read(
            Witness witness, Account account, Span span, Instant since, TrailSheet sheet, List<String> lacking)
            throws InterruptedException {
        for (String change : CHANGES) {
            switch (witness.events(account, TrailQuery.named(change), since)) {
                case Fact.Known<TrailEvents>(TrailEvents told, Instant asOf) -> {
                    for (TrailEvent event : told.events()) {
                        if (event.at().isBefore(span.end())) {
                            sheet.take(account, event);
                        }
                    }
                    if (!told.whole()) {
                        lacking.add("CloudTrail has more events " + change + " of account " + account.id()
                                + " than were read: only the latest are here");
                    }
                }
                case Fact.NotRead<TrailEvents>() ->
                    lacking.add("the events of account " + account.id() + " were not asked for");
                case Fact.Unknown<TrailEvents>(String why) -> {
                    lacking.add("what CloudTrail tells of account " + account.id() + " is not here: " + why);
                    return;
                }
            }
        }
    }

    /** Done in a session of a run, or with a role that Keyturn changes keys with. */
    private static boolean isOwn(TrailActor actor, Set<String> roles) {
        return actor.roleArn() != null && (actor.name().startsWith("keyturn-") || roles.contains(actor.role()));
    }

    private Set<String> roles() {
        Set<String> roles = new HashSet<>();
        for (AccountSource source : settings.accounts()) {
            if (source instanceof AccountSource.Organization organization) {
                if (organization.actRole() != null) {
                    roles.add(organization.actRole());
                }
                if (organization.createRole() != null) {
                    roles.add(organization.createRole());
                }
            }
        }
        return roles;
    }
}

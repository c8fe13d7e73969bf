package io.keyturn.engine.apply;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.model.Needs;
import io.keyturn.core.plan.Planner;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.port.Notifier;
import io.keyturn.engine.port.SecretSinks;
import io.keyturn.engine.run.KeyUseSearch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every account of one run is acted on with.
 *
 * @param needs what must be read of a user so that the rules can be decided anew
 * @param tickets null where none are filed
 * @param ids names intents and messages, each name once
 * @param pause waits, on whatever clock the run lives on
 * @param abreast works on several users, and tells several people, at the same time
 * @param weather whether AWS's writes are well in this run
 * @param run names the run, and {@code worker} the process
 * @param uses finds where the keys are used from that somebody is told of
 */
public record Tools(
        Assessor assessor,
        Planner planner,
        Needs needs,
        Notifier notifier,
        @Nullable TicketTools tickets,
        SecretSinks sinks,
        Leases leases,
        StopFlag stop,
        InstantSource clock,
        Supplier<String> ids,
        Pause pause,
        Abreast abreast,
        Weather weather,
        String run,
        String worker,
        KeyUseSearch uses) {
    /** Where nobody is asked where keys are used from. */
    public Tools(
            Assessor assessor,
            Planner planner,
            Needs needs,
            Notifier notifier,
            @Nullable TicketTools tickets,
            SecretSinks sinks,
            Leases leases,
            StopFlag stop,
            InstantSource clock,
            Supplier<String> ids,
            Pause pause,
            Abreast abreast,
            Weather weather,
            String run,
            String worker) {
        this(
                assessor,
                planner,
                needs,
                notifier,
                tickets,
                sinks,
                leases,
                stop,
                clock,
                ids,
                pause,
                abreast,
                weather,
                run,
                worker,
                KeyUseSearch.NONE);
    }

    /** Where no tickets are filed. */
    public Tools(
            Assessor assessor,
            Planner planner,
            Needs needs,
            Notifier notifier,
            SecretSinks sinks,
            Leases leases,
            StopFlag stop,
            InstantSource clock,
            Supplier<String> ids,
            Pause pause,
            Abreast abreast,
            Weather weather,
            String run,
            String worker) {
        this(
                assessor, planner, needs, notifier, null, sinks, leases, stop, clock, ids, pause, abreast, weather, run,
                worker);
    }

    /** The same tools, that look for where keys are used from. */
    public Tools looking(KeyUseSearch search) {
        return new Tools(
                assessor, planner, needs, notifier, tickets, sinks, leases, stop, clock, ids, pause, abreast, weather,
                run, worker, search);
    }

    /** The same tools, with other ways to wait for a desk, a sink or time. */
    Tools waiting(@Nullable TicketTools desk, SecretSinks elsewhere, Pause idle) {
        return new Tools(
                assessor, planner, needs, notifier, desk, elsewhere, leases, stop, clock, ids, idle, abreast, weather,
                run, worker, uses);
    }

    /** Waits. */
    public interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    /** The stamp of an entry written now. */
    Entry.Stamp stamp() {
        return new Entry.Stamp(clock.instant(), run, worker);
    }
}

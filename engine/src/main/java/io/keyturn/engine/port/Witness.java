package io.keyturn.engine.port;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.policy.OwnerRule.Contact;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import java.time.Duration;
import java.time.Instant;

/** What AWS tells of an account beside its users: who did what in it, and who is to be asked about it. */
public interface Witness {
    /**
     * The events of IAM's Region that fit; of very many the latest.
     *
     * @param since events are kept for ninety days, and told some minutes late
     */
    Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) throws InterruptedException;

    /**
     * One page of the latest events that fit.
     *
     * @param region where these are kept; empty for IAM's Region
     * @param since events are kept for ninety days, and told some minutes late
     * @param within how long an answer may take; what takes longer is not known, and why is told for people
     */
    default Fact<TrailEvents> latest(Account account, TrailQuery query, String region, Instant since, Duration within)
            throws InterruptedException {
        return Fact.notRead();
    }

    /** The mail address of the account's contact of that kind; known and empty where there is none. */
    Fact<String> contact(Account account, Contact.Kind kind) throws InterruptedException;

    /** Nobody is asked. */
    Witness NONE = new Witness() {
        @Override
        public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
            return Fact.notRead();
        }

        @Override
        public Fact<String> contact(Account account, Contact.Kind kind) {
            return Fact.notRead();
        }
    };
}

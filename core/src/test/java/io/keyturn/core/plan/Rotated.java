package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ago;

import io.keyturn.core.assess.Succession;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A past in which one key got a successor. */
record Rotated(
        Succession succession,
        List<Told> told,
        List<Told> said,
        @Nullable Instant approved,
        @Nullable Instant inactiveSince,
        @Nullable Hold hold)
        implements History {
    /** Made so many days ago, and delivered then. */
    static Rotated delivered(KeyId old, KeyId successor, long daysAgo) {
        Succession.Delivery delivery = new Succession.Delivery(ago(daysAgo), "vault/bob");
        return new Rotated(
                new Succession(old, successor, ago(daysAgo), delivery), List.of(), List.of(), null, null, null);
    }

    /** Made so many days ago, and lost. */
    static Rotated lost(KeyId old, KeyId successor, long daysAgo) {
        return new Rotated(new Succession(old, successor, ago(daysAgo), null), List.of(), List.of(), null, null, null);
    }

    /** And then said, and placed at once. */
    Rotated telling(Told notice) {
        return saying(notice, true);
    }

    Rotated saying(Told notice, boolean placed) {
        List<Told> more = new ArrayList<>(said);
        more.add(notice);
        List<Told> arrived = new ArrayList<>(told);
        if (placed) {
            arrived.add(notice);
        }
        return new Rotated(succession, arrived, more, approved, inactiveSince, hold);
    }

    Rotated approved(long daysAgo) {
        return new Rotated(succession, told, said, ago(daysAgo), inactiveSince, hold);
    }

    Rotated inactive(long daysAgo) {
        return new Rotated(succession, told, said, approved, ago(daysAgo), hold);
    }

    Rotated held(Hold other) {
        return new Rotated(succession, told, said, approved, inactiveSince, other);
    }

    @Override
    public List<Told> told(CredentialId credential) {
        return told;
    }

    @Override
    public List<Told> said(CredentialId credential) {
        return said;
    }

    @Override
    public @Nullable Instant approved(CredentialId credential, Step step, Instant now) {
        return approved;
    }

    @Override
    public @Nullable Succession of(KeyId old) {
        return succession.old().equals(old) ? succession : null;
    }

    @Override
    public @Nullable Succession by(KeyId successor) {
        return succession.successor().equals(successor) ? succession : null;
    }

    @Override
    public boolean concern(UserId user) {
        return true;
    }

    @Override
    public @Nullable Instant lastSpoken(CredentialId credential) {
        return said.isEmpty() ? null : said.getLast().at();
    }

    @Override
    public List<Instant> spoken(CredentialId credential) {
        return said.stream().map(Told::at).toList();
    }

    @Override
    public @Nullable Instant inactiveSince(CredentialId credential) {
        return inactiveSince;
    }

    @Override
    public List<Hold> holds(CredentialId credential, Instant now) {
        return hold == null || !hold.holdsAt(now) ? List.of() : List.of(hold);
    }
}

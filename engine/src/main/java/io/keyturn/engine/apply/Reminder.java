package io.keyturn.engine.apply;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Placement;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.OpenedTicket;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Notifier;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key's reminder on its way: looked at again, and its intent named.
 *
 * @param due what was planned
 * @param now what of it is so still
 * @param chain whoever can be told, in order
 * @param link which of them is told now
 * @param uses where the key is used from
 */
record Reminder(
        Due due,
        Action.Remind remind,
        Recheck.Answer.Yes now,
        Entry.Intent intent,
        List<Owner> chain,
        int link,
        Fact<KeyUses> uses) {
    /**
     * A reminder that is due.
     *
     * @param planned whether it is an action of the plan; what follows by itself from an act is not
     * @param known what is told of a key that is no more, and cannot be read again; null for all that can
     */
    record Due(HeldAccount held, Action.Remind remind, boolean planned, Recheck.Answer.@Nullable Yes known) {
        Due(HeldAccount held, Action.Remind remind, boolean planned) {
            this(held, remind, planned, null);
        }

        Account account() {
            return held.account();
        }
    }

    Owner owner() {
        return chain.get(link);
    }

    /** The same to the next of the chain; null where there is none. */
    @Nullable
    Reminder next() {
        return link + 1 < chain.size() ? new Reminder(due, remind, now, intent, chain, link + 1, uses) : null;
    }

    /** The same, with where the key is used from. */
    Reminder from(Fact<KeyUses> places) {
        return new Reminder(due, remind, now, intent, chain, link, places);
    }

    /** Whether nobody knows if it was said the last time. */
    boolean isDoubted() {
        return due.held().past().isDoubted(now.finding().credential());
    }

    Notice notice(@Nullable TicketTools tickets) {
        return new Notice(
                intent.id(),
                due.account(),
                now.user(),
                now.finding(),
                owner(),
                remind.announced(),
                ticket(tickets),
                null,
                uses);
    }

    private Notice.@Nullable Ticket ticket(@Nullable TicketTools tickets) {
        OpenedTicket open = due.held().past().ticket(now.finding().credential());
        if (tickets == null || open == null) {
            return null;
        }
        String address = tickets.desk().address(open.reference());
        return address.isEmpty() ? null : new Notice.Ticket(open.reference(), URI.create(address));
    }

    /** What the channel called the first message to this recipient about the key. */
    @Nullable
    String thread(String channel, String recipient) {
        return due.held().past().thread(now.finding().credential(), channel, recipient);
    }

    /**
     * What is remembered of telling it.
     *
     * @param suffix tells apart what is told of one key by several channels
     * @param keys how many keys the message is about
     */
    Entry.Notice told(
            Tools tools,
            String suffix,
            Notifier.Telling telling,
            Placement placement,
            @Nullable String reference,
            int keys) {
        Deadline announced = remind.announced();
        return new Entry.Notice(
                tools.stamp(),
                intent.id() + suffix,
                intent.target(),
                announced == null ? Step.REMIND : announced.step(),
                announced == null ? tools.clock().instant() : announced.at(),
                telling.channel(),
                telling.recipient(),
                placement,
                reference,
                closing(tools.notifier().closing(telling.channel()), announced, keys));
    }

    /** Whether and how the channel's readers hear of the end of what they were told. */
    static Entry.@Nullable Closing closing(Channel.Closing by, @Nullable Deadline announced, int keys) {
        return switch (by) {
            case NEVER -> null;
            case IF_WITHDRAWN ->
                announced == null || announced.step().speaksOnly() ? null : new Entry.Closing(keys, true);
            case ALWAYS -> new Entry.Closing(keys, false);
        };
    }

    Entry.Outcome outcome(Tools tools, Entry.Result result, String why) {
        return Entry.Outcome.of(tools.stamp(), intent, result, why);
    }

    /** The intent of telling it. */
    static Entry.Intent intent(Tools tools, Due due, Recheck.Answer.Yes now, String plan) {
        return new Entry.Intent(
                tools.stamp(), tools.ids().get(), Verb.REMIND, now.target(), Scribe.keysOf(now.user()), plan);
    }
}

package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.app.wiring.NotifyJob;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.policy.MailAddress;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By whose clock an owner is told: as a run finds it, which asks Slack where nothing else says it.
 *
 * @param zone as Slack says; null where it was not asked or does not know
 * @param remark what a person should know of it; null where there is nothing
 */
record OwnerClock(@Nullable ZoneId zone, @Nullable String remark) {
    private static final String SLACK = "slack";
    private static final Pattern MEMBER = Pattern.compile("[UW][A-Z0-9]{8,20}");

    /** Asks what the message that goes out would ask. */
    static OwnerClock of(Owner owner, NotifyJob configured, Settings settings) {
        // A channel has no clock of its own.
        if (owner.zone() != null || !(MEMBER.matcher(owner.name()).matches() || MailAddress.looksLike(owner.name()))) {
            return new OwnerClock(null, null);
        }
        String usual = "days are told in "
                + settings.acting().manner().zone().getId().replaceFirst("^Z$", "UTC") + ", as notices.zone says";
        Optional<String> channel = configured.channelOf(owner.name());
        if (channel.isEmpty()) {
            return new OwnerClock(
                    null,
                    "by whose clock " + owner.name() + " lives was not asked, as no channel that reaches them is"
                            + " configured: " + usual);
        }
        if (!channel.get().equals(SLACK)) {
            return new OwnerClock(null, null);
        }
        try {
            ZoneId zone = configured.zone(owner.name()).orElse(null);
            return zone == null
                    ? new OwnerClock(null, "Slack names no time zone of " + owner.name() + ": " + usual)
                    : new OwnerClock(
                            zone,
                            "days are told in " + zone.getId() + ", as the profile of " + owner.name()
                                    + " in Slack says");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new OwnerClock(
                    null, "Slack did not answer by whose clock " + owner.name() + " lives in time: " + usual);
        }
    }
}

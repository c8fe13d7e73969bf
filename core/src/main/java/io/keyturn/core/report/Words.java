package io.keyturn.core.report;

import io.keyturn.core.assess.Brownout;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words for standings and reasons: the same on every screen and in every file. */
public final class Words {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /** The standing as people read it. */
    public static String of(Standing standing) {
        return switch (standing) {
            case LEAKED -> "leaked";
            case EXPIRED -> "overdue";
            case WARNED -> "due soon";
            case ROTATING -> "rotating";
            case UNKNOWN -> "unknown";
            case INACTIVE -> "inactive";
            case EXEMPT -> "exempt";
            case HEALTHY -> "healthy";
        };
    }

    /** Why the key stands so, in at most some eighteen characters where figures are ordinary. */
    public static String brief(Finding finding) {
        List<Reason> reasons = finding.reasons();
        if (reasons.isEmpty()) {
            return "within its limits";
        }
        boolean nobody = reasons.stream().anyMatch(Reason.NoOwner.class::isInstance);
        for (Reason reason : reasons) {
            if (nobody && finding.standing() == Standing.EXPIRED && reason instanceof Reason.PastAge past) {
                return "no owner, " + days(past.limit());
            }
        }
        if (finding.standing() == Standing.EXPIRED && reasons.stream().anyMatch(Reason.TwoKeys.class::isInstance)) {
            return "two keys already";
        }
        return brief(reasons.getFirst());
    }

    /** One reason in a few words. */
    public static String brief(Reason reason) {
        return switch (reason) {
            case Reason.Quarantined r -> "leaked";
            case Reason.Compromised r -> "leaked";
            case Reason.ThiefCouldFetch() -> "user compromised";
            case Reason.RootKey() -> "root has a key";
            case Reason.PastAge r -> "limit " + days(r.limit());
            case Reason.NearAge r -> "limit " + days(r.limit());
            case Reason.PastIdle r -> "unused, limit " + days(r.limit());
            case Reason.NearIdle r -> "unused, limit " + days(r.limit());
            case Reason.LastUseUnknown r -> "last use unknown";
            case Reason.KeysUnknown r -> "keys not read";
            case Reason.Undecided r -> "policy undecided";
            case Reason.Ungoverned() -> "no policy fits";
            case Reason.SwitchedOff() -> "inactive";
            case Reason.Exempted r -> "exempt";
            case Reason.ExemptionEnded r -> "exemption ended";
            case Reason.LeakUnknown r -> "leak unknown";
            case Reason.TwoKeys() -> "two keys already";
            case Reason.PredecessorRemains r -> "waits for room";
            case Reason.NoOwner() -> "no owner";
            case Reason.Succeeded r -> r.installed() ? "successor in use" : "successor unused";
            case Reason.SuccessorOf r -> "successor";
            case Reason.Undelivered r -> "never delivered";
            case Reason.SuccessorLost r -> "successor lost";
            case Reason.OwnedByCode r -> "owned by code";
            case Reason.TagsUnknown r -> "tags unknown";
            case Reason.SendsMail() -> "sends mail";
            case Reason.Brownouts r -> "brownouts first";
            case Reason.InBrownout r -> "off for a while";
            case Reason.CutInUse r -> "cut in use";
        };
    }

    /** Why the key stands so, in a sentence without its full stop; a dash where there is nothing to say. */
    public static String why(Finding finding) {
        List<Reason> reasons = finding.reasons();
        if (reasons.isEmpty()) {
            return "–";
        }
        String why = sentence(reasons.getFirst());
        if (finding.standing() == Standing.EXPIRED) {
            for (Reason reason : reasons.subList(1, reasons.size())) {
                if (reason instanceof Reason.TwoKeys) {
                    return why + "; its user has two keys already";
                }
                if (reason instanceof Reason.NoOwner && !(reasons.getFirst() instanceof Reason.RootKey)) {
                    why += ", and nobody owns it";
                }
            }
        }
        return why;
    }

    /** One reason in a sentence, without its full stop. */
    public static String sentence(Reason reason) {
        return switch (reason) {
            case Reason.Quarantined r -> "AWS found it leaked and attached " + r.policyName();
            case Reason.Compromised(Compromise said) ->
                said.by() + " declared it compromised on " + date(said.at()) + ": " + said.why();
            case Reason.ThiefCouldFetch() ->
                "a key of its user was compromised, so that the user itself may not fetch a successor: name readers in"
                        + " rotate.deliver";
            case Reason.RootKey() -> "the root user has an access key; nobody should";
            case Reason.PastAge r ->
                r.age().toDays() + " days old, limit " + r.limit().toDays();
            case Reason.NearAge r ->
                r.age().toDays() + " days old, warned from " + r.warn().toDays() + ", limit "
                        + r.limit().toDays();
            case Reason.PastIdle r ->
                unused(r.idle(), r.never()) + ", limit " + r.limit().toDays();
            case Reason.NearIdle r ->
                unused(r.idle(), r.never()) + ", warned from " + r.warn().toDays() + ", limit "
                        + r.limit().toDays();
            case Reason.LastUseUnknown r -> "the last use is not known: " + r.why();
            case Reason.KeysUnknown r -> "the keys could not be read: " + r.why();
            case Reason.Undecided r -> "the condition of policy " + r.policy() + " could not be decided: " + r.why();
            case Reason.Ungoverned() -> "no policy's condition matches";
            case Reason.SwitchedOff() -> "switched off already";
            case Reason.Exempted r ->
                "exempt until " + r.exemption().until() + " by " + r.exemption().owner() + ": "
                        + r.exemption().reason();
            case Reason.ExemptionEnded r ->
                "its exemption ended on " + r.exemption().until() + ", owner "
                        + r.exemption().owner();
            case Reason.LeakUnknown r -> "whether AWS found it leaked is not known: " + r.why();
            case Reason.TwoKeys() -> "the user has two keys already, so no successor can be made";
            case Reason.PredecessorRemains r ->
                "a successor is made once " + r.predecessor() + ", whose place it took, is deleted";
            case Reason.NoOwner() -> "nobody is known to own it";
            case Reason.Succeeded r ->
                "its successor " + r.successor() + " was delivered on " + date(r.delivered()) + " to " + r.place()
                        + (r.installed() ? " and is in use" : " and is not in use yet");
            case Reason.SuccessorOf r -> "it takes the place of " + r.old();
            case Reason.Undelivered r ->
                "made to take the place of " + r.old() + ", and its secret is not known to have reached anybody"
                        + (r.used() ? "; but somebody uses it, or may: a person decides" : "");
            case Reason.SuccessorLost r ->
                "its successor " + r.successor() + " was " + (r.gone() ? "deleted" : "switched off")
                        + " by somebody else: nothing is made until that is approved";
            case Reason.OwnedByCode r -> "the tag " + r.tag() + " says that code keeps it: change it there";
            case Reason.TagsUnknown r -> "whether code keeps it is not known: " + r.why();
            case Reason.SendsMail() ->
                "it was last used to send mail: SMTP passwords may be computed from it, so it is rotated only with"
                        + " also: smtp-password";
            case Reason.Brownouts(List<Duration> lengths) ->
                "first it is switched off for a while, and on again: "
                        + lengths.stream().map(Words::span).collect(Collectors.joining(", then "))
                        + ", a day apart; what stops working then needs another key";
            case Reason.InBrownout(Brownout brownout) ->
                "switched off for " + span(brownout.lasting()) + " since " + MINUTE.format(brownout.begun())
                        + " UTC, to see what still works with it; the first run after that switches it on again";
            case Reason.CutInUse(String policy, Duration idle) ->
                "in use"
                        + (idle == null
                                ? " for all that is known"
                                : ", last " + (idle.toDays() == 0 ? "today" : days(idle) + " ago"))
                        + ", and cut all the same: policy " + policy + " says cut-in-use";
        };
    }

    /** A time of hours or minutes, such as {@code 4 h} or {@code 15 min}. */
    public static String span(Duration time) {
        boolean hours = time.toMinutesPart() == 0;
        return hours ? time.toHours() + " h" : time.toMinutes() + " min";
    }

    /** How many of a step, in words. */
    public static String counted(Step step, int count) {
        String one = switch (step) {
            case REMIND -> "reminder";
            case TICKET -> "ticket";
            case ROTATE -> "rotation";
            case DEACTIVATE -> "deactivation";
            case DELETE -> "deletion";
        };
        return count + " " + one + (count == 1 ? "" : "s");
    }

    private static String unused(Duration idle, boolean never) {
        return never ? "never used in " + idle.toDays() + " days" : "unused for " + idle.toDays() + " days";
    }

    private static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static String days(Duration duration) {
        return duration.toDays() + " d";
    }
}

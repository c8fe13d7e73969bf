package io.keyturn.app.words;

import io.keyturn.core.assess.Brownout;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.policy.Exemption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Why a key stands so, in the words of letters; in Keyturn's own they are those of every screen. */
final class ReasonWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final Wordbook words;

    ReasonWords(Wordbook words) {
        this.words = words;
    }

    /** One reason in a sentence, without its full stop. */
    String of(Reason reason) {
        return switch (reason) {
            case Reason.Quarantined(String policy) -> words.say(Word.REASON_QUARANTINED, Map.of("policy", policy));
            case Reason.Compromised(Compromise said) ->
                words.say(Word.REASON_COMPROMISED, Map.of("by", said.by(), "date", date(said.at()), "why", said.why()));
            case Reason.ThiefCouldFetch() -> words.say(Word.REASON_THIEF_COULD_FETCH);
            case Reason.RootKey() -> words.say(Word.REASON_ROOT_KEY);
            case Reason.PastAge(Duration age, Duration limit) ->
                words.say(Word.REASON_PAST_AGE, Map.of("days", age.toDays(), "limit", limit.toDays()));
            case Reason.NearAge(Duration age, Duration warn, Duration limit) ->
                words.say(
                        Word.REASON_NEAR_AGE,
                        Map.of("days", age.toDays(), "warn", warn.toDays(), "limit", limit.toDays()));
            case Reason.PastIdle r ->
                words.say(
                        Word.REASON_PAST_IDLE,
                        Map.of(
                                "unused",
                                unused(r.idle(), r.never()),
                                "limit",
                                r.limit().toDays()));
            case Reason.NearIdle r ->
                words.say(
                        Word.REASON_NEAR_IDLE,
                        Map.of(
                                "unused",
                                unused(r.idle(), r.never()),
                                "warn",
                                r.warn().toDays(),
                                "limit",
                                r.limit().toDays()));
            case Reason.LastUseUnknown(String why) -> because(Word.REASON_LAST_USE_UNKNOWN, why);
            case Reason.KeysUnknown(String why) -> because(Word.REASON_KEYS_UNKNOWN, why);
            case Reason.Undecided(String policy, String why, boolean failed) ->
                words.say(Word.REASON_UNDECIDED, Map.of("policy", policy, "why", why));
            case Reason.Ungoverned() -> words.say(Word.REASON_UNGOVERNED);
            case Reason.SwitchedOff() -> words.say(Word.REASON_SWITCHED_OFF);
            case Reason.Exempted(Exemption exemption) ->
                words.say(
                        Word.REASON_EXEMPTED,
                        Map.of(
                                "date",
                                exemption.until().toString(),
                                "by",
                                exemption.owner(),
                                "why",
                                exemption.reason()));
            case Reason.ExemptionEnded(Exemption exemption) ->
                words.say(
                        Word.REASON_EXEMPTION_ENDED,
                        Map.of("date", exemption.until().toString(), "by", exemption.owner()));
            case Reason.LeakUnknown(String why) -> because(Word.REASON_LEAK_UNKNOWN, why);
            case Reason.TwoKeys() -> words.say(Word.REASON_TWO_KEYS);
            case Reason.PredecessorRemains r -> ofKey(Word.REASON_PREDECESSOR_REMAINS, r.predecessor());
            case Reason.NoOwner() -> words.say(Word.REASON_NO_OWNER);
            // Letters tell of a successor with variables of its own.
            case Reason.Succeeded r -> "";
            case Reason.SuccessorOf r -> ofKey(Word.REASON_SUCCESSOR, r.old());
            case Reason.Undelivered r ->
                words.say(Word.REASON_UNDELIVERED, Map.of("key", r.old().toString(), "used", r.used()));
            case Reason.SuccessorLost r ->
                words.say(
                        Word.REASON_SUCCESSOR_LOST, Map.of("key", r.successor().toString(), "gone", r.gone()));
            case Reason.OwnedByCode(String tag) -> words.say(Word.REASON_OWNED_BY_CODE, Map.of("tag", tag));
            case Reason.TagsUnknown(String why) -> because(Word.REASON_TAGS_UNKNOWN, why);
            case Reason.SendsMail() -> words.say(Word.REASON_SENDS_MAIL);
            case Reason.Brownouts(List<Duration> lengths) ->
                words.say(
                        Word.REASON_BROWNOUTS,
                        Map.of("lengths", lengths.stream().map(this::span).toList()));
            case Reason.InBrownout(Brownout brownout) ->
                words.say(
                        Word.REASON_IN_BROWNOUT,
                        Map.of("length", span(brownout.lasting()), "begun", minute(brownout.begun())));
            // A plan's alone: nobody is told of a key that it is cut all the same.
            case Reason.CutInUse r -> "";
        };
    }

    private String because(Word word, String why) {
        return words.say(word, Map.of("why", why));
    }

    private String ofKey(Word word, Object key) {
        return words.say(word, Map.of("key", key.toString()));
    }

    private String unused(Duration idle, boolean never) {
        return words.say(never ? Word.UNUSED_EVER : Word.UNUSED, Map.of("days", idle.toDays()));
    }

    private String span(Duration time) {
        boolean hours = time.toMinutesPart() == 0;
        return hours
                ? words.say(Word.HOURS, Map.of("count", time.toHours()))
                : words.say(Word.MINUTES, Map.of("count", time.toMinutes()));
    }

    private String minute(Instant at) {
        LocalDateTime time = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        return words.say(Word.DATE_AND_TIME, Map.of("date", time.toLocalDate().toString(), "time", TIME.format(time)));
    }

    private static String date(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
    }
}

package io.keyturn.app.words;

import java.util.Locale;
import java.util.Set;

/** What Keyturn says in letters without a template: each has its words in {@code words.properties}, by its label. */
enum Word {
    DAY_NEAR("weekday", "date"),
    DAY_FAR("date"),
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    THURSDAY,
    FRIDAY,
    SATURDAY,
    SUNDAY,
    TODAY,
    YESTERDAY,
    DAYS_AGO("days"),
    TOMORROW,
    IN_DAYS("days"),
    STEP_REMIND,
    STEP_TICKET,
    STEP_ROTATE,
    STEP_DEACTIVATE,
    STEP_DELETE,
    STANDING_LEAKED,
    STANDING_EXPIRED,
    STANDING_WARNED,
    STANDING_ROTATING,
    STANDING_UNKNOWN,
    STANDING_INACTIVE,
    STANDING_EXEMPT,
    STANDING_HEALTHY,
    END_HEALTHY,
    END_EXEMPT,
    END_SWITCHED_OFF,
    END_GONE,
    ENDED_HEALTHY,
    ENDED_EXEMPT,
    ENDED_SWITCHED_OFF,
    ENDED_GONE,
    CREATED("day", "ago"),
    CREATED_UNKNOWN,
    USED("ago", "service", "region"),
    USED_NEVER,
    USED_UNKNOWN("why"),
    PLACE_HIDDEN("team"),
    KEPT_BY_BUCKET,
    REGION_OF_IAM,
    AND("before", "last"),
    TEAM,
    SOURCE_TAG("name"),
    SOURCE_FILE("name"),
    SOURCE_USER_NAME,
    SOURCE_CLOUDTRAIL,
    SOURCE_ACCOUNT_TAG("name"),
    SOURCE_ACCOUNT_CONTACT("name"),
    SOURCE_DEFAULT,
    SOURCE_TOLD_BEFORE,
    SOURCE_NOBODY,
    SOURCE_NO_OWNER,
    SOURCE_INSTEAD("name", "date"),
    WITHIN_LIMITS,
    UNUSED("days"),
    UNUSED_EVER("days"),
    HOURS("count"),
    MINUTES("count"),
    DATE_AND_TIME("date", "time"),
    REASON_QUARANTINED("policy"),
    REASON_COMPROMISED("by", "date", "why"),
    REASON_THIEF_COULD_FETCH,
    REASON_ROOT_KEY,
    REASON_PAST_AGE("days", "limit"),
    REASON_NEAR_AGE("days", "warn", "limit"),
    REASON_PAST_IDLE("unused", "limit"),
    REASON_NEAR_IDLE("unused", "warn", "limit"),
    REASON_LAST_USE_UNKNOWN("why"),
    REASON_KEYS_UNKNOWN("why"),
    REASON_UNDECIDED("policy", "why"),
    REASON_UNGOVERNED,
    REASON_SWITCHED_OFF,
    REASON_EXEMPTED("date", "by", "why"),
    REASON_EXEMPTION_ENDED("date", "by"),
    REASON_LEAK_UNKNOWN("why"),
    REASON_TWO_KEYS,
    REASON_PREDECESSOR_REMAINS("key"),
    REASON_NO_OWNER,
    REASON_SUCCESSOR("key"),
    REASON_UNDELIVERED("key", "used"),
    REASON_SUCCESSOR_LOST("key", "gone"),
    REASON_OWNED_BY_CODE("tag"),
    REASON_TAGS_UNKNOWN("why"),
    REASON_SENDS_MAIL,
    REASON_BROWNOUTS("lengths"),
    REASON_IN_BROWNOUT("length", "begun"),
    OPEN_KEYS,
    OPEN_TICKET("ticket"),
    TICKET_CLOSED("key", "ended"),
    TRIAL,
    TRIAL_OPENING;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Set<String> variables;

    Word(String... variables) {
        this.variables = Set.of(variables);
    }

    /** What it is known by in the file. */
    String label() {
        return label;
    }

    /** What its words may hold. */
    Set<String> variables() {
        return variables;
    }
}

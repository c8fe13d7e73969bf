package io.keyturn.core.policy;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import java.time.Duration;
import java.time.Instant;

/** The values of attributes on one subject. */
final class SubjectValues {
    private SubjectValues() {}

    /**
     * The value, in the types that CEL computes with.
     *
     * @throws NotKnown where the fact behind it is not known
     */
    static Object value(Attribute attribute, Subject subject) {
        return switch (attribute) {
            case USER_NAME -> subject.user().name().value();
            case USER_PATH -> subject.user().path();
            case USER_ARN -> subject.user().arn();
            case USER_TAGS -> known(attribute, subject.user().tags());
            case USER_GROUPS -> known(attribute, subject.user().groups());
            case USER_POLICIES -> known(attribute, subject.user().policies());
            case USER_BOUNDARY -> known(attribute, subject.user().boundary());
            case USER_CREATED -> subject.user().created();
            case USER_CONSOLE -> known(attribute, subject.user().console());
            case USER_MFA -> known(attribute, subject.user().mfa());
            case USER_CLASS ->
                known(attribute, UserClass.judge(subject.user())).kind().label();
            case ACCOUNT_ID -> subject.account().id().value();
            case ACCOUNT_NAME -> subject.account().name();
            case ACCOUNT_TAGS -> known(attribute, subject.account().tags());
            case ACCOUNT_OU -> known(attribute, subject.account().ou());
            case KEY_ID -> keyId(key(subject));
            case KEY_AGE -> since(key(subject).created(), subject.now());
            case KEY_IDLE -> idle(key(subject), subject.now());
            case KEY_ACTIVE -> key(subject).active();
            case KEY_LAST_USE -> lastUse(key(subject));
        };
    }

    private static <T> T known(Attribute attribute, Fact<T> fact) {
        return switch (fact) {
            case Fact.Known<T> known -> known.value();
            case Fact.NotRead<T>() -> throw new NotKnown(attribute.dotted() + " was not read in this run");
            case Fact.Unknown<T>(String why) -> throw new NotKnown(attribute.dotted() + " is not known: " + why);
        };
    }

    private static AccessKey key(Subject subject) {
        AccessKey key = subject.key();
        if (key == null) {
            throw new NotKnown("the user's keys are not known");
        }
        return key;
    }

    private static String keyId(AccessKey key) {
        if (key.id() == null) {
            throw new NotKnown("key.id is not known: the credential report does not tell the IDs of keys");
        }
        return key.id().value();
    }

    private static Duration idle(AccessKey key, Instant now) {
        return switch (key.lastUse()) {
            case LastUse.Used used -> since(used.at(), now);
            case LastUse.NeverUsed() -> since(key.created(), now);
            case LastUse.Unknown(String why) -> throw new NotKnown("key.idle is not known: " + why);
        };
    }

    /** The epoch stands for never: earlier than any use that AWS could have recorded. */
    private static Instant lastUse(AccessKey key) {
        return switch (key.lastUse()) {
            case LastUse.Used used -> used.at();
            case LastUse.NeverUsed() -> Instant.EPOCH;
            case LastUse.Unknown(String why) -> throw new NotKnown("key.lastUse is not known: " + why);
        };
    }

    private static Duration since(Instant then, Instant now) {
        return then.isBefore(now) ? Duration.between(then, now) : Duration.ZERO;
    }
}

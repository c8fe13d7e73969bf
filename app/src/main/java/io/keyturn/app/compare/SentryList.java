package io.keyturn.app.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A list that serverless-iam-key-sentry published: the JSON that its function returned, or that its topic mailed. */
public final class SentryList {
    private SentryList() {}

    /** That a text is no such list; the message says why. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }
    }

    /**
     * Compares with this list.
     *
     * @param days from this age on a key is in it
     * @throws Unreadable where it is no such list
     */
    public static Comparer comparer(String text, int days) throws Unreadable {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw new Unreadable("it is no JSON");
        }
        JsonNode users = json.path("Users");
        if (!users.isArray()) {
            throw new Unreadable("it has no list \"Users\", which sentry's has");
        }
        JsonNode cut = json.path("KeyAgeCutOff");
        if (cut.isNumber() && cut.asInt() != days) {
            throw new Unreadable("its list is of keys from " + cut.asInt() + " days on, and key_age is " + days);
        }
        Map<String, List<Long>> ages = new LinkedHashMap<>();
        for (JsonNode user : users) {
            JsonNode name = user.path("UserName");
            JsonNode age = user.path("KeyAgeInDays");
            if (!name.isString() || !age.isIntegralNumber()) {
                throw new Unreadable("an entry of \"Users\" lacks UserName or KeyAgeInDays");
            }
            ages.computeIfAbsent(name.asString(), known -> new ArrayList<>()).add(age.asLong());
        }
        return new SentryComparer(days, ages, true);
    }
}

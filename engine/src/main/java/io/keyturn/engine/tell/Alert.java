package io.keyturn.engine.tell;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Principal;
import io.keyturn.core.report.Words;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody is woken for.
 *
 * @param key what it is known by
 * @param summary one line
 * @param details facts by their names
 */
public record Alert(String key, String summary, Map<String, String> details) {
    public Alert {
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }

    /** That a leaked key works. */
    public static Alert leaked(Account account, Principal.OfUser user, Finding finding) {
        Map<String, String> details = new TreeMap<>();
        details.put("account", account.id() + " " + account.name());
        details.put("user", user.name().value());
        details.put("why", Words.why(finding));
        details.put("what to do", "keyturn compromised " + user.name() + " --why TEXT");
        return new Alert(
                Watch.keyOf(account, user),
                "a leaked access key of " + user.name() + " in " + account.name() + " still works: "
                        + Words.why(finding),
                details);
    }
}

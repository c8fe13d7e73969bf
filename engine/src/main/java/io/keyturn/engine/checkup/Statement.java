package io.keyturn.engine.checkup;

import java.util.List;
import java.util.Set;

/**
 * One statement of an IAM policy that allows.
 *
 * @param sid its name in the policy
 * @param actions such as {@code iam:ListUsers}
 * @param resources ARNs, or {@code *}
 */
public record Statement(String sid, Set<String> actions, List<String> resources) {
    public Statement {
        actions = Set.copyOf(actions);
        resources = List.copyOf(resources);
    }
}

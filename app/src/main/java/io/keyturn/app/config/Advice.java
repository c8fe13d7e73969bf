package io.keyturn.app.config;

import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.engine.port.AccountSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Says what is allowed and probably not meant. */
final class Advice {
    private Advice() {}

    static void on(Settings settings, Fields top) {
        if (top.has("policies")) {
            policies(settings.rules().policies(), top);
        }
        stages(settings, top);
        firstNotice(settings, top);
    }

    private static void policies(List<Policy> policies, Fields top) {
        List<Node> nodes = top.list("policies");
        Map<String, String> governed = new HashMap<>();
        for (int i = 0; i < policies.size(); i++) {
            Policy policy = policies.get(i);
            String at = "policies[" + i + "]";
            String all = governed.get("true");
            String earlier = all == null ? governed.get(policy.when().source()) : all;
            if (earlier != null) {
                String why = all == null ? " has the same condition" : " matches every key";
                top.tree.warn(
                        nodes.get(i),
                        at,
                        "can never match, for \"" + earlier + "\" before it" + why,
                        "put it first, or leave it out");
            }
            governed.putIfAbsent(policy.when().source(), policy.name());
            onOne(policy, nodes.get(i), at, top.tree);
        }
    }

    private static void onOne(Policy policy, Node node, String at, Tree tree) {
        if (policy.age() == null && policy.idle() == null) {
            tree.warn(
                    node,
                    at,
                    "has neither age nor idle, so its keys are never due",
                    "give it a limit, such as age: {expire: 90d}");
        }
        boolean rotates = Stream.of(policy.age(), policy.idle())
                .anyMatch(limit -> limit instanceof Limit && LimitReader.rotates(limit));
        if (policy.rotation() != null && !rotates) {
            tree.warn(node, at + ".rotate", "is never used", "add rotate to on-expire of age, or leave it out");
        }
    }

    private static void stages(Settings settings, Fields top) {
        boolean readOnly = settings.accounts().stream()
                .anyMatch(source -> source instanceof AccountSource.Organization o && o.actRole() == null);
        List<StageRule> rules = settings.rules().stages();
        for (int i = 0; i < rules.size() && readOnly; i++) {
            if (rules.get(i).stage().compareTo(Stage.NOTIFY) > 0) {
                top.tree.warn(
                        top.list("stages").get(i),
                        "stages[" + i + "].stage",
                        "goes further than notify, which an organization with a reading role alone never does",
                        "name roles: {read: NAME, act: NAME, create: NAME}");
            }
        }
    }

    private static void firstNotice(Settings settings, Fields top) {
        Duration time = settings.rules().firstNotice();
        if (time == null) {
            top.tree.warn(
                    top.node("first-notice"),
                    "first-notice",
                    "lets keys be changed without a word before (promise 13 does not hold)",
                    "write for example 30d");
        } else if (top.has("first-notice") && time.isZero()) {
            top.tree.warn(
                    top.node("first-notice"),
                    "first-notice",
                    "leaves owners no time: a key long overdue is changed as soon as its first notice is placed",
                    "write for example 30d");
        }
    }
}

package io.keyturn.adapters.aws.rotator;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the tags of a whole rotation take, which must be there before a key is. */
final class Room {
    /** IAM's quota of tags a user. */
    private static final int MOST = 50;

    private static final Needs TAGS = new Needs(EnumSet.of(FactName.TAGS), Needs.Identify.NONE);

    private Room() {}

    /** @throws StoreFailure where there is too little, or that cannot be told */
    static void require(RotatorTags names, Target target, LiveAccount live)
            throws StoreFailure, ReadFailure, InterruptedException {
        Optional<User> now = live.user(target.name(), TAGS);
        if (now.isEmpty() || !(now.get().tags() instanceof Fact.Known<Map<String, String>>(var tags, var at))) {
            throw refused(target, "its tags could not be read", "run again");
        }
        Set<String> all = new HashSet<>(tags.keySet());
        all.addAll(List.of(names.date(), names.oldKey(), RotatorTags.MARK));
        if (all.size() > MOST) {
            int more = all.size() - tags.size();
            throw refused(
                    target,
                    "it has " + tags.size() + " tags, a rotation takes " + more + " more, and IAM allows " + MOST,
                    "take some of its tags away");
        }
    }

    private static StoreFailure refused(Target target, String why, String advice) {
        return new StoreFailure(
                StoreFailure.Kind.REFUSED,
                new Problem(
                        "note the rotation in tags of the user", target.name().value(), why, advice));
    }
}

package io.keyturn.core.explain;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Lowering;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.UserClass;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole story of one user and its keys.
 *
 * @param now the instant it is told at
 * @param lowered what a person lowered the stage to; null where nobody did
 * @param exemptions those that fit the user, ended ones too
 * @param holds what is held back about the user as a whole, or its account
 */
public record UserStory(
        Account account,
        User user,
        Instant now,
        Stage stage,
        @Nullable Lowering lowered,
        List<NamedFact> facts,
        Fact<UserClass> kind,
        List<OwnerLink> owners,
        List<Exemption> exemptions,
        List<Hold> holds,
        List<KeyStory> keys) {
    public UserStory {
        facts = List.copyOf(facts);
        owners = List.copyOf(owners);
        exemptions = List.copyOf(exemptions);
        holds = List.copyOf(holds);
        keys = List.copyOf(keys);
    }
}

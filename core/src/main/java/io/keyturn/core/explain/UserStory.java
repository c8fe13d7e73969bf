package io.keyturn.core.explain;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Clue;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Lowering;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.UserClass;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The whole story of one user and its keys.
 *
 * @param now the instant it is told at
 * @param lowered what a person lowered the stage to; null where nobody did
 * @param clue what was asked for of the owner beside the user
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
        Clue clue,
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

    /** What runs saw of how these keys are used. */
    private Habits habits() {
        return (owning, holder, created) -> keys.stream()
                .map(KeyStory::finding)
                .filter(finding -> created.equals(finding.credential().created()))
                .map(Finding::observed)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Judges this user, and names its owners, by what the story knows of both. */
    public Assessor assessor(Rules rules) {
        return new Assessor(rules, habits(), holder -> clue);
    }

    /** The same story with these of its keys. */
    public UserStory of(List<KeyStory> told) {
        return new UserStory(account, user, now, stage, lowered, facts, kind, clue, owners, exemptions, holds, told);
    }
}

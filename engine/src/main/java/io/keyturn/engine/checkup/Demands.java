package io.keyturn.engine.checkup;

import io.keyturn.core.model.Needs;
import io.keyturn.core.policy.Stage;
import io.keyturn.engine.port.ReadMode;
import java.util.Set;

/**
 * What a run may ask of an account.
 *
 * @param stage how far Keyturn may go there
 * @param act IAM actions of the acting role; empty where the stage lets it do nothing
 * @param create IAM actions of the role that makes keys; empty where the stage lets it do nothing
 */
public record Demands(Stage stage, ReadMode mode, Needs needs, Set<String> act, Set<String> create) {
    public Demands {
        act = Set.copyOf(act);
        create = Set.copyOf(create);
    }
}

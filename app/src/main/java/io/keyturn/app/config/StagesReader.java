package io.keyturn.app.config;

import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import java.util.List;
import java.util.Optional;

/** Reads {@code stages}: how far Keyturn may go, and where. */
final class StagesReader {
    private static final List<String> KEYS = List.of("ou", "account", "stage", "raised");

    List<StageRule> read(Fields top) {
        return top.each("stages", KEYS, f -> {
            f.require("write observe, notify, rotate or enforce", "stage");
            return Optional.of(new StageRule(
                    f.text("ou", "write the path of an organizational unit, such as Workloads/Dev"),
                    AccountsReader.id(f, "account"),
                    f.word("stage", List.of(Stage.values()), Stage::label, Stage.OBSERVE),
                    Dates.instant(f, "raised").orElse(null)));
        });
    }
}

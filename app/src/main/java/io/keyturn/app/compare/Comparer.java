package io.keyturn.app.compare;

import io.keyturn.app.presets.Translation;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.run.AccountOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Knows where one earlier tool leaves its traces, and reads them against what Keyturn would do: pure. */
public interface Comparer {
    /**
     * Every act that the tool did, or Keyturn would do now; keys that neither does anything about are left out.
     *
     * @param found the account as it was read in this run, with Keyturn's plan
     * @param past what the tool's own state says
     */
    List<Compared> compare(AccountOutcome.Surveyed found, List<Entry> past, Instant now);

    /** What no trace tells, a sentence each; asked after all accounts. */
    List<String> notKnown();

    /** The one for a preset, by what its settings mean. */
    static Comparer of(Translation translation) {
        Rules rules = translation.settings().rules();
        return switch (translation.output()) {
            case Translation.Output.SentryJson(int days) -> new SentryComparer(days, Map.of(), false);
            case Translation.Output.Sleuth sleuth -> new SleuthComparer(rules);
            case Translation.Output.KeycheckMetrics metrics -> new KeycheckComparer(rules);
            case Translation.Output.RotatorLines lines ->
                new RotatorComparer((Translation.State.RotatorTags) translation.state(), rules);
        };
    }
}

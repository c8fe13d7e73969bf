package io.keyturn.app.render;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Reading;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.run.AccountOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The list of old keys as serverless-iam-key-sentry writes it, character for character. What could not be read is named in
 * a member that the tool does not have, {@code NotRead}, so that a shorter list never looks like a good one.
 */
public final class SentryReport implements Renderer {
    private static final DefaultIndenter FOUR = new DefaultIndenter("    ", "\n");
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writer()
            .with(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(FOUR)
                    .withArrayIndenter(FOUR));

    private final int days;
    private final ArrayNode users = JsonMapper.shared().createArrayNode();
    private final List<String> notRead = new ArrayList<>();

    /** @param days from this age on a key is in it */
    public SentryReport(int days) {
        this.days = days;
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                found.findings().stream().filter(view).forEach(this::key);
                if (found.snapshot().reading() instanceof Reading.Partial(String why)) {
                    notRead.add(why);
                }
            }
            case AccountOutcome.Skipped skipped -> {
                // left out on purpose
            }
            case AccountOutcome.Failed failed -> notRead.add(failed.problem().sentence());
        }
    }

    private void key(Finding finding) {
        Long age = finding.ageDays();
        if (age != null && age >= days && finding.credential().principal() instanceof Principal.OfUser user) {
            users.addObject().put("UserName", user.name().value()).put("KeyAgeInDays", age);
        }
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        // It is taken whole when it is posted and printed.
    }

    /** What could not be read, a sentence each. */
    public List<String> notRead() {
        return List.copyOf(notRead);
    }

    /** The text without a line end. */
    public String text() {
        return text(null);
    }

    /**
     * The text with what came of posting it.
     *
     * @param emailed {@code Yes}, or {@code No} and why; null before it was posted
     */
    public String text(@Nullable String emailed) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.set("Users", users);
        json.put("Description", "List of users with Key Age greater than (>=) " + days + " days");
        json.put("KeyAgeCutOff", days);
        json.put("OldKeyCount", "Found " + users.size() + " Keys that are older than " + days + " days");
        if (emailed != null) {
            json.put("SecOpsEmailed", emailed);
        }
        if (!notRead.isEmpty()) {
            notRead.forEach(json.putArray("NotRead")::add);
        }
        return WRITER.writeValueAsString(json);
    }
}

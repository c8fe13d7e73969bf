package io.keyturn.app.metrics;

import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Reading;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The metrics of Lacework's keycheck, character for character, one line for every key of a user whatever its standing:
 * {@code iam,name=dev_alice,key=VHXVM,status=disabled,accountAlias=lacework-devtest age=197}. Nothing else is written
 * there; what could not be read is told by {@link #notRead}.
 */
public final class KeycheckLines implements Renderer {
    /** Days before a key's end in which it is called expiring. */
    public static final int EXPIRING = 15;

    private static final int KEY_LETTERS = 5;

    private final PrintWriter out;
    private final int expireDays;
    private final String alias;
    private final List<String> notRead = new ArrayList<>();

    /**
     * Lines to {@code out}.
     *
     * @param expireDays age from which a key is called {@code disabled}, in days
     * @param alias the account in every line; the tool's one argument
     */
    public KeycheckLines(PrintWriter out, int expireDays, String alias) {
        this.out = out;
        this.expireDays = expireDays;
        this.alias = alias;
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
        // The tool lists users, and the root user is none of them.
        if (!(finding.credential().principal() instanceof Principal.OfUser user)) {
            return;
        }
        KeyId id = finding.credential().keyId();
        Long age = finding.ageDays();
        if (id == null || age == null) {
            notRead.add("no line for " + user.name().value() + ": its "
                    + (age == null ? "keys could not be read" : "key's ID is not known"));
            return;
        }
        String key = id.value().substring(id.value().length() - KEY_LETTERS);
        out.print(new InfluxLine("iam")
                .tag("name", user.name().value())
                .tag("key", key)
                .tag("status", status(age))
                .tag("accountAlias", alias)
                .field("age", age)
                .text());
    }

    /** The tool's word: {@code disabled} is any key past its age, whether it was switched off or not. */
    private String status(long age) {
        return age >= expireDays ? "disabled" : age >= expireDays - EXPIRING ? "expiring" : "ok";
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        out.flush();
    }

    /** What could not be read, a sentence each. */
    public List<String> notRead() {
        return List.copyOf(notRead);
    }
}

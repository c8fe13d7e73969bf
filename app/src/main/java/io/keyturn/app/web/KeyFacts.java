package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.policy.Policy;
import io.keyturn.engine.catalog.SeenKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a key, each value with where it comes from and what was not looked at. */
final class KeyFacts {
    private final SeenKey seen;
    private final Finding finding;
    private final @Nullable Policy policy;
    private final Instant now;

    KeyFacts(SeenKey seen, @Nullable Policy policy, Instant now) {
        this.seen = seen;
        this.finding = seen.key().finding();
        this.policy = policy;
        this.now = now;
    }

    /** A value and where it comes from. */
    record KeyFact(String name, String value, String from) {}

    List<KeyFact> list() {
        List<KeyFact> facts = new ArrayList<>();
        facts.add(age());
        facts.add(use());
        facts.add(state());
        facts.add(owner());
        facts.add(user());
        facts.add(controls());
        return facts;
    }

    private String read() {
        return "as the run of " + ReportDates.minute(seen.at()) + " read it, " + Rows.age(seen.at(), now);
    }

    private KeyFact age() {
        Long days = finding.ageDays();
        Instant created = finding.credential().created();
        String limit = policy == null || policy.age() == null
                ? ", age is not limited"
                : ", limit " + policy.age().expire().toDays();
        return new KeyFact(
                "Age",
                days == null ? "not known" : (days == 1 ? "1 day" : days + " days") + limit,
                (created == null ? "" : "created " + ReportDates.minute(created) + " · ") + read());
    }

    private KeyFact use() {
        return switch (finding.lastUse()) {
            case LastUse.Used used ->
                new KeyFact(
                        "Last used",
                        ReportDates.minute(used.at()) + " · " + Safe.text(used.service()) + ", "
                                + Safe.text(used.region()),
                        "AWS notes a use at most every 15 min, and only the last one: of a key in several places the busiest");
            case LastUse.NeverUsed() ->
                new KeyFact("Last used", "never used", "as far as AWS tracks it, since 2015-04-22");
            case LastUse.Unknown unknown ->
                new KeyFact("Last used", "not known", Safe.text(unknown.why()) + "; it counts as in use");
        };
    }

    private KeyFact state() {
        Boolean active = finding.active();
        return new KeyFact(
                "State",
                active == null ? "not known" : active ? "active" : "inactive",
                "requests with an inactive key leave no trace");
    }

    private KeyFact owner() {
        return switch (finding.owner()) {
            case Fact.Known<Owner>(Owner owner, var asOf) ->
                new KeyFact(
                        "Owner",
                        Safe.text(owner.name()),
                        "from " + Safe.text(owner.source()) + "; a tag alone never opens the way to a secret");
            case Fact.NotRead<Owner>() -> new KeyFact("Owner", "not asked for", "");
            case Fact.Unknown<Owner>(String why) -> new KeyFact("Owner", "no owner", Safe.text(why));
        };
    }

    private KeyFact user() {
        CredentialId id = finding.credential();
        String arn = id.principal() instanceof Principal.OfUser user ? Safe.text(user.arn()) : "the root user";
        String number = id.account().value();
        return new KeyFact(
                "User",
                arn,
                Safe.text(seen.key().account()) + ", account " + number.substring(0, 4) + " " + number.substring(4, 8)
                        + " " + number.substring(8));
    }

    private KeyFact controls() {
        return finding.controls().isEmpty()
                ? new KeyFact("Controls", "breaks none", "")
                : new KeyFact("Controls", "breaks " + String.join(", ", finding.controls()), "");
    }
}

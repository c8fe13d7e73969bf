package io.keyturn.app.cli;

import io.keyturn.app.wiring.StagesJob;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Spelling;
import io.keyturn.core.plan.Stages;
import io.keyturn.core.policy.StageRule;
import io.keyturn.engine.journal.Scope;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A unit or account as a person names it. A number, and a unit that the file names, are taken at their word, so that AWS
 * need not answer; anything else must be there.
 *
 * @param text as typed
 */
record PlaceName(String text) {
    /** Lists what is there. */
    interface Places {
        List<StagesJob.Place> list() throws InterruptedException;
    }

    /**
     * What is meant.
     *
     * @throws BadConfiguration where there is nothing of that name
     */
    Scope scope(List<StageRule> rules, Places places) {
        if (text.matches("[0-9]{12}")) {
            return new Scope.OfAccount(new AccountId(text));
        }
        boolean written = rules.stream()
                .map(StageRule::ou)
                .anyMatch(ou -> ou != null && (Stages.isWithin(text, ou) || Stages.isWithin(ou, text)));
        if (written && !text.isBlank()) {
            return new Scope.OfUnit(text);
        }
        List<StagesJob.Place> there = listed(places);
        if (!text.isBlank() && there.stream().anyMatch(place -> Stages.isWithin(place.unit(), text))) {
            return new Scope.OfUnit(text);
        }
        List<StagesJob.Place> named = there.stream()
                .filter(place -> !place.id().isEmpty() && new AccountChoice(text).takes(place.id(), place.label()))
                .toList();
        if (named.size() == 1) {
            return new Scope.OfAccount(new AccountId(named.getFirst().id()));
        }
        throw new BadConfiguration(named.isEmpty() ? unknown(there) : several(named));
    }

    private static List<StagesJob.Place> listed(Places places) {
        try {
            return places.list();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadConfiguration("--lower: interrupted; nothing was lowered");
        }
    }

    private String several(List<StagesJob.Place> named) {
        return "--lower: several accounts are named \"" + text + "\"; name one by its number: "
                + named.stream().map(StagesJob.Place::id).collect(Collectors.joining(", "));
    }

    private String unknown(List<StagesJob.Place> there) {
        Set<String> names = new TreeSet<>();
        for (StagesJob.Place place : there) {
            names.add(AccountChoice.name(place.label()));
            names.add(place.unit());
        }
        names.remove("");
        String near = Spelling.nearest(text, names);
        return "--lower: no organizational unit or account \"" + text + "\" was found, so nothing was lowered; "
                + (near == null
                        ? "write the path of a unit, such as Workloads/Dev, or an account's twelve digits"
                        : "did you mean \"" + near + "\"?");
    }

    /** In words. */
    static String of(Scope scope) {
        return scope instanceof Scope.OfUnit(String path)
                ? "the unit " + path
                : scope instanceof Scope.OfAccount(AccountId id) ? "the account " + id : "all accounts";
    }
}

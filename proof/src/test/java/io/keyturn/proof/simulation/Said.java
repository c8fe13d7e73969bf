package io.keyturn.proof.simulation;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What letters said, and whether the same was said too often. */
final class Said {
    private Said() {}

    /**
     * What was said too often, a sentence each: a notice may be said once more for each fault that left it in doubt, and
     * otherwise only when it is time to remind.
     */
    static List<String> tooOften(Life life) {
        Map<String, List<SimulatedLetters.Letter>> said = new LinkedHashMap<>();
        life.letters.arrived.forEach(letter ->
                said.computeIfAbsent(words(letter), any -> new ArrayList<>()).add(letter));
        int most = 1 + life.points.faults();
        List<String> sentences = new ArrayList<>();
        said.forEach((words, letters) -> {
            for (int i = most; i < letters.size(); i++) {
                if (!isTimeToRemind(letters.get(i - most), letters.get(i).at())) {
                    sentences.add("19: the same was said more than " + most
                            + " times within the time between reminders (" + words + ")");
                }
            }
        });
        return sentences;
    }

    /** After the policy's time, or where a word towards the announced day lies between: docs/decisions/0019. */
    private static boolean isTimeToRemind(SimulatedLetters.Letter before, Instant now) {
        Duration every = Policy.DEFAULT_REMIND_EVERY;
        Deadline announced = before.notice().announced();
        return !now.isBefore(before.at().plus(every))
                || (announced != null
                        && Stream.of(every.multipliedBy(2), every.dividedBy(2), Duration.ofDays(1))
                                .map(left -> announced.at().minus(left))
                                .anyMatch(word -> word.isAfter(before.at()) && !word.isAfter(now)));
    }

    /** What a letter says: of which key, what comes, and why. */
    static String words(SimulatedLetters.Letter letter) {
        Finding finding = letter.notice().finding();
        return finding.credential().keyId() + " " + letter.notice().announced() + " "
                + finding.reasons().stream()
                        .map(reason -> reason.rule()
                                + (reason instanceof Reason.Succeeded succeeded ? succeeded.installed() : ""))
                        .toList();
    }
}

package io.keyturn.app.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Brownout;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.OwnerChain;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Settled;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.report.Words;
import io.keyturn.engine.message.Phrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keyturn's own words in letters are those of its screens, and there is one for all there is to say. */
class SameWordsTest {
    private static final Wordbook BOOK = new Wordbook(null);
    private static final KeyId KEY = new KeyId("AKIAIOSFODNN7EXAMPLE");
    private static final Instant AT = Instant.parse("2026-11-23T08:05:00Z");

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    private static Stream<Reason> reasons() {
        Exemption exemption =
                new Exemption(new ArnPattern("arn:aws:iam::*:user/x"), "ops", "sealed", LocalDate.of(2027, 6, 30));
        return Stream.of(
                new Reason.Quarantined("AWSCompromisedKeyQuarantineV3"),
                new Reason.Compromised(new Compromise("c-1", "c.reyes", "on a public page {{ key }} & \"more\"", AT)),
                new Reason.ThiefCouldFetch(),
                new Reason.RootKey(),
                new Reason.PastAge(days(101), days(90)),
                new Reason.NearAge(days(80), days(75), days(90)),
                new Reason.PastIdle(days(61), days(45), false),
                new Reason.PastIdle(days(61), days(45), true),
                new Reason.NearIdle(days(40), days(30), days(45), false),
                new Reason.NearIdle(days(40), days(30), days(45), true),
                new Reason.LastUseUnknown("denied"),
                new Reason.KeysUnknown("denied"),
                new Reason.Undecided("people", "tags are not known", false),
                new Reason.Ungoverned(),
                new Reason.SwitchedOff(),
                new Reason.Exempted(exemption),
                new Reason.ExemptionEnded(exemption),
                new Reason.LeakUnknown("denied"),
                new Reason.TwoKeys(),
                new Reason.PredecessorRemains(KEY),
                new Reason.NoOwner(),
                new Reason.SuccessorOf(KEY),
                new Reason.Undelivered(KEY, true),
                new Reason.Undelivered(KEY, false),
                new Reason.SuccessorLost(KEY, true),
                new Reason.SuccessorLost(KEY, false),
                new Reason.OwnedByCode("aws:cloudformation:stack-id"),
                new Reason.TagsUnknown("denied"),
                new Reason.SendsMail(),
                new Reason.Brownouts(List.of(Duration.ofMinutes(15))),
                new Reason.Brownouts(List.of(Duration.ofMinutes(15), Duration.ofHours(4))),
                new Reason.InBrownout(new Brownout(AT, Duration.ofHours(4), null, true)));
    }

    @Test
    void aReasonReadsInALetterAsOnEveryScreen() {
        ReasonWords words = new ReasonWords(BOOK);
        assertThat(reasons().map(words::of))
                .isEqualTo(reasons().map(Words::sentence).toList());
    }

    @Test
    void thereIsASentenceForEveryReason() {
        Set<Class<?>> told = reasons().map(Reason::getClass).collect(Collectors.toSet());
        assertThat(Stream.of(Reason.class.getPermittedSubclasses()).filter(kind -> !told.contains(kind)))
                .as("a successor is told with variables of its own, and what a plan says of itself is in no letter")
                .isEqualTo(List.of(Reason.Succeeded.class, Reason.CutInUse.class));
    }

    @Test
    void aStandingAndAnEndReadAsEverywhere() {
        for (Standing standing : Standing.values()) {
            assertThat(BOOK.say("standing", standing.label())).isEqualTo(Words.of(standing));
        }
        for (Settled settled : Settled.values()) {
            assertThat(BOOK.say("ended", settled.label())).isEqualTo(settled.words());
        }
    }

    @Test
    void everyLinkOfTheChainHasItsWord(@TempDir Path folder) throws Exception {
        Wordbook others = others(folder);
        for (OwnerRule rule : List.of(
                new OwnerRule.Tag("Owner"),
                new OwnerRule.Listed("owners.yaml", Map.of(), Map.of()),
                new OwnerRule.MailName(),
                new OwnerRule.Creator(),
                new OwnerRule.AccountTag("team"),
                new OwnerRule.Contact(OwnerRule.Contact.Kind.SECURITY),
                new OwnerRule.Default("#keys"))) {
            String source = OwnerChain.source(rule);
            assertThat(SourceWords.of(source, BOOK)).isEqualTo(source);
            assertThat(SourceWords.isInstead(source)).isFalse();
            assertThat(SourceWords.of(source, others)).as(source).isEqualTo("other");
        }
        assertThat(SourceWords.isInstead("in the place of ann\nlee, silent since 2026-11-01"))
                .isTrue();
        assertThat(SourceWords.of("a link of tomorrow", BOOK)).isEqualTo("a link of tomorrow");
    }

    @Test
    void noReasonIsToldInOtherWordsThanThoseOfTheFile(@TempDir Path folder) throws Exception {
        ReasonWords words = new ReasonWords(others(folder));
        assertThat(reasons().map(words::of)).allMatch("other"::equals);
    }

    private static Wordbook others(Path folder) throws IOException {
        Files.writeString(
                folder.resolve(WordFile.NAME),
                WordFile.KNOWN.keySet().stream()
                        .filter(name -> name.startsWith("source-") || name.startsWith("reason-"))
                        .map(name -> name + " = other\n")
                        .collect(Collectors.joining()));
        return new Wordbook(folder);
    }

    @Test
    void theExampleOfTheGuideIsTaken(@TempDir Path folder) throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "guide", "notices.md"));
        String example = guide.split("```properties\n", 2)[1].split("```", 2)[0];
        Files.writeString(folder.resolve(WordFile.NAME), example);
        Wordbook german = new Wordbook(folder);

        assertThat(german.problems()).isEmpty();
        assertThat(german.counted(Phrase.REST, 1)).startsWith("Und 1 weiterer Schlüssel");
        assertThat(german.counted(Phrase.REST, 2)).startsWith("Und 2 weitere Schlüssel");
        assertThat(new Days(german, ZoneOffset.UTC, AT).day(AT.plus(days(1)))).isEqualTo("Di, 2026-11-24");
    }

    @Test
    void everyWordIsInKeyturnsOwnFileAndNoOther() {
        assertThat(WordFile.builtIn().problems()).isEmpty();
        assertThat(WordFile.builtIn().entries().keySet()).containsExactlyInAnyOrderElementsOf(WordFile.KNOWN.keySet());
    }
}

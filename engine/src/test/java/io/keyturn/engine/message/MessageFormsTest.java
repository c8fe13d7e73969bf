package io.keyturn.engine.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.plan.Settled;
import io.keyturn.core.policy.Step;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.core.trail.Place;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MessageFormsTest {
    private static final LastUse USED = new LastUse.Used(Instant.parse("2026-09-24T08:00:00.123Z"), "s3", "eu-west-1");

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void machinesGetTheFactsOfEachKeyBesideItsWords() {
        JsonNode json = json(MessageJson.indented(
                Written.message(
                        Written.notice(USED, Step.DEACTIVATE),
                        Written.notice(new LastUse.NeverUsed(), null),
                        Written.notice(new LastUse.Unknown("denied"), null),
                        Written.notice(LastUse.NOT_READ, null)),
                "earlier"));
        assertThat(json.at("/schema").asString()).isEqualTo(MessageJson.SCHEMA);
        assertThat(json.at("/follows").asString()).isEqualTo("earlier");
        JsonNode first = json.at("/items/0");
        assertThat(first.at("/keyId").asString()).isEqualTo("AKIAEXAMPLE00000K4TD");
        assertThat(first.at("/lastUse/at").asString()).isEqualTo("2026-09-24T08:00:00Z");
        assertThat(first.at("/announced/step").asString()).isEqualTo("deactivate");
        assertThat(first.at("/reasons/0/rule").asString()).isEqualTo("past-idle");
        assertThat(first.at("/words/steps/1").asString()).isEqualTo("Delete it.");
        assertThat(first.at("/words/better").isNull()).isTrue();
        assertThat(json.at("/items/1/lastUse/state").asString()).isEqualTo("never");
        assertThat(json.at("/items/2/lastUse/why").asString()).isEqualTo("denied");
        assertThat(json.at("/items/3/lastUse").isNull()).isTrue();
        assertThat(json.at("/items/3/announced").isNull()).isTrue();
    }

    private static JsonNode uses(Fact<KeyUses> uses) {
        return json(MessageJson.indented(
                        Written.message(Written.notice(USED, null).from(uses)), null))
                .at("/items/0/uses");
    }

    @Test
    void machinesGetWhereAKeyIsUsedFromWhereSomebodyAsked() {
        Instant at = Instant.parse("2026-11-22T08:00:00Z");
        KeyUses.Origin build = new KeyUses.Origin(
                new Place(Place.Kind.ON_PREMISES, "plant"), 6, at, List.of("boto3"), List.of("203.0.113.7"), 2);
        assertThat(uses(Fact.notRead()).isMissingNode()).isTrue();
        assertThat(uses(Fact.unknown("denied"))).isEqualTo(json("{\"state\":\"unknown\",\"why\":\"denied\"}"));
        assertThat(uses(Fact.known(new KeyUses(List.of(build), 1, 9, true, at, "eu-west-1"), at)))
                .isEqualTo(json("""
                        {"state": "known", "since": "2026-11-22T08:00:00Z", "region": "eu-west-1", "events": 9,
                         "whole": true, "places": [{"kind": "on-premises", "name": "plant", "events": 6,
                         "last": "2026-11-22T08:00:00Z", "tools": ["boto3"], "addresses": ["203.0.113.7"],
                         "otherAddresses": 2}], "otherPlaces": 1}
                        """));
        assertThat(uses(Fact.known(new KeyUses(List.of(), 0, 0, true, at, ""), at))
                        .at("/region")
                        .isNull())
                .isTrue();
    }

    @Test
    void whatIsShortenedSaysHowManyAreLeftOut() {
        Message message =
                Written.message(Written.notice(USED, null), Written.notice(USED, null), Written.notice(USED, null));
        JsonNode json = json(MessageJson.shortened(message, null, 1));
        assertThat(json.at("/items").size()).isEqualTo(1);
        assertThat(json.at("/itemsLeftOut").asInt()).isEqualTo(2);
        assertThat(PlainMessage.of(message, 1)).contains("left-out[2]");
        assertThat(PlainMessage.of(message, 2)).contains("left-out[1]");
    }

    @Test
    void plainTextHoldsEverythingInItsOrder() {
        assertThat(PlainMessage.of(Written.message(Written.notice(USED, null)), 1))
                .isEqualTo("""
                Good day.

                == ann · K4TD · production
                Overdue

                It goes.

                  Last used: 60 days ago

                  1. Look.
                  2. Delete it.

                More time: ask us.

                  Open: https://keys.example.com/k

                Times in UTC.
                """);
    }

    @Test
    void whatMovesACursorOrTurnsTheWritingIsMadeVisible() {
        assertThat(Harmless.line("a\u001b[31m\u202eb😀\n")).isEqualTo("a\\u001b[31m\\u202eb😀\\u000a");
        assertThat(Harmless.line("\udbff\udfff")).isEqualTo("\\U0010ffff");
        assertThat(Readable.line("a\r\nb\u202ec👩\u200d💻\ud800")).isEqualTo("a  b\ufffdc👩\u200d💻\ufffd");
    }

    @Test
    void whatIsCutEndsBetweenCharacters() {
        assertThat(Readable.cut("short", 9)).isEqualTo("short");
        assertThat(Readable.cut("abcdef", 4)).isEqualTo("abc…");
        assertThat(Readable.cut("ab😀cd", 4)).isEqualTo("ab…");
    }

    @Test
    void theKeyOfTheRootUserAndTheEndOfAMessageAreSaidAsTheyAre() {
        Notice base = Written.notice(USED, null);
        Finding plain = base.finding();
        Finding root = new Finding(
                new CredentialId(CredentialId.Kind.ACCESS_KEY, base.account().id(), Principal.ROOT, 1, null, null),
                true,
                null,
                LastUse.NOT_READ,
                null,
                plain.standing(),
                null,
                plain.reasons(),
                plain.owner(),
                List.of(),
                List.of());
        Notice over = Notice.of(Settled.GONE, "n-2", base.account(), base.user(), root, base.owner());
        JsonNode json = json(MessageJson.indented(Written.message(over), null));
        assertThat(json.at("/event").asString()).isEqualTo("resolved");
        assertThat(json.at("/items/0/user").asString()).isEqualTo("<root_account>");
        assertThat(json.at("/items/0/userId").isNull()).isTrue();
        assertThat(json.at("/items/0/keyId").isNull()).isTrue();
        assertThat(json.at("/items/0/created").isNull()).isTrue();
        assertThat(json.at("/items/0/settled").asString()).isEqualTo("gone");

        JsonNode both = json(MessageJson.indented(Written.message(over, base), null));
        assertThat(both.at("/event").asString()).isEqualTo("notice");
        assertThat(both.at("/items/1/settled").isNull()).isTrue();
    }

    @Test
    void whatHidesIsShownAndWhatScriptsNeedStays() {
        assertThat(Readable.line("plain ~ text")).isEqualTo("plain ~ text");
        assertThat(Readable.line("a\tb\u007fc")).isEqualTo("a b c");
        assertThat(Readable.line("\u200d\u200c\u202e")).isEqualTo("\u200d\u200c\ufffd");
    }
}

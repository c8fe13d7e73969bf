package io.keyturn.app.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import io.keyturn.core.trail.IpRange;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.core.trail.Network;
import io.keyturn.core.trail.Place;
import io.keyturn.core.trail.PlaceFinder;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailOrigin;
import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.message.Text;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a message says of where its key is used from, and which way without a key follows from that. */
class KeyUsesWordsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:12:00Z");
    private static final Instant SINCE = Instant.parse("2026-08-25T08:12:00Z");
    private static final Owner KHAN = new Owner("b.khan@example.com", "file owners.yaml");
    private static final List<Network> NETWORKS = List.of(
            network("10.0.0.0/8", "the data centre", Place.Kind.ON_PREMISES),
            network("192.0.2.0/25", "Acme Backup", Place.Kind.VENDOR),
            network("192.0.2.128/25", "Head office", Place.Kind.OFFICE),
            network("198.51.100.0/24", "our runners", Place.Kind.CI));
    private static final String START = "https://fernhill.awsapps.com/start";

    private final List<TrailEvent> events = new ArrayList<>();
    private boolean console;

    @Nullable
    private URI start;

    private static Network network(String range, String name, Place.Kind is) {
        return new Network(IpRange.parse(range).orElseThrow(), name, is);
    }

    private KeyUsesWordsTest event(String agent, String address) {
        TrailActor actor = new TrailActor("IAMUser", "", "b.khan", null, "", "AKIA", false);
        TrailOrigin origin = new TrailOrigin(agent, address, "eu-central-1", "");
        events.add(new TrailEvent("e", NOW, "ListRoles", "iam", actor, null, null, null, List.of(), origin));
        return this;
    }

    private Item said(Kind kind, boolean whole, String region) {
        return said(
                kind,
                Fact.known(new PlaceFinder(NETWORKS, console).of(new TrailEvents(events, whole), region, SINCE), NOW));
    }

    private Item said(Kind kind, Fact<KeyUses> uses) {
        Notice sample = new Samples(KHAN, NOW).of(kind);
        User user = sample.user();
        User known = new User(
                user.name(),
                user.id(),
                user.arn(),
                user.path(),
                user.created(),
                user.keys(),
                user.tags(),
                user.groups(),
                user.policies(),
                user.boundary(),
                Fact.known(console, NOW),
                user.mfa());
        Notice notice = new Notice(
                        "n",
                        sample.account(),
                        known,
                        sample.finding(),
                        KHAN,
                        sample.announced(),
                        null,
                        sample.settled())
                .from(uses);
        Manner manner = Manner.DEFAULT.by(new Manner.Evidence(true, NETWORKS, start));
        return new MessageWriter(manner, InstantSource.fixed(NOW))
                .message("m", KHAN, List.of(notice))
                .items()
                .getFirst();
    }

    private static String fact(Item item, String name) {
        return item.facts().stream()
                .filter(fact -> fact.name().equals(name))
                .map(fact -> fact.value().plain())
                .reduce((a, b) -> a + " // " + b)
                .orElse("");
    }

    private String better() {
        Text better = said(Kind.DEACTIVATE, true, "eu-central-1").better();
        return better == null ? "" : better.plain();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            x-for-github-actions ~ 20.1.2.3 ~ let GitHub Actions sign in by OIDC and take a role
            aws-cli/2.32.0 ~ 198.51.100.9 ~ let our runners sign in by OIDC and take a role
            Boto3/1 exec-env/AWS_Lambda_python3.12 ~ 20.1.2.3 ~ give what runs inside AWS the role of its instance, task, pod or function
            aws-cli/2.13.5 exec-env/CloudShell ~ 20.1.2.3 ~ CloudShell has credentials by itself
            aws-cli/2.32.0 ~ 10.1.2.3 ~ let the data centre take a role by IAM Roles Anywhere, with a certificate
            aws-cli/2.32.0 ~ 192.0.2.7 ~ let Acme Backup take a role across accounts, with an external ID
            aws-cli/2.32.0 ~ 192.0.2.200 ~ people have aws sso login
            aws-cli/2.32.0 os/macos#24.6.0 ~ 20.1.2.3 ~ people have aws sso login
            """)
    void theEvidenceChoosesTheWay(String agent, String address, String way) {
        event(agent, address);

        assertThat(better()).isEqualTo(way + ". There is nothing to rotate then.");
    }

    @Test
    void whoSignsInToTheConsoleHasItsWayAndIdentityCenterStandsBeforeIt() {
        console = true;
        event("aws-cli/2.32.0", "20.1.2.3");

        assertThat(better())
                .isEqualTo("this user signs in to the console, so aws login (CLI 2.32 or later) gives the command line"
                        + " credentials for up to 12 hours. There is nothing to rotate then.");
        start = URI.create(START);
        assertThat(better())
                .isEqualTo("people sign in at " + START + ", with aws configure sso once and then aws sso login."
                        + " There is nothing to rotate then.");
    }

    @Test
    void whereNothingTellsThePlaceTheWayIsTheOneOfBefore() {
        event("Boto3/1", "20.1.2.3");
        assertThat(better())
                .isEqualTo("a role; for people aws sso login, for a build OIDC. There is nothing to rotate then.");
        start = URI.create(START);
        assertThat(better())
                .isEqualTo("a role; for people aws sso login (start URL " + START + "), for a build OIDC."
                        + " There is nothing to rotate then.");
        console = true;
        assertThat(better())
                .isEqualTo("this user is a person, and people sign in at " + START
                        + ": aws configure sso once, then aws sso login. Then delete this key.");
    }

    @Test
    void severalPlacesAreSeveralWaysOneForEachKind() {
        event("x-for-github-actions", "20.1.2.3")
                .event("x-for-github-actions", "20.1.2.3")
                .event("jenkins/2", "20.1.2.4")
                .event("Boto3/1 exec-env/EC2", "20.1.2.5");

        assertThat(better())
                .isEqualTo(
                        "let GitHub Actions sign in by OIDC and take a role; give what runs inside AWS the role of its"
                                + " instance, task, pod or function. There is nothing to rotate then.");
    }

    @Test
    void placesAreToldWithToolsAndAddressesAndWhereItWasLooked() {
        event("aws-cli/2.32.0", "10.0.0.1").event("aws-cli/2.32.0", "10.0.0.2").event("Boto3/1", "10.0.0.3");
        event("Boto3/1", "10.0.0.4").event("Boto3/1", "2001:db8::7").event("aws-cli/2 os/macos#24", "20.1.2.3");
        event("", "192.0.2.7");

        Item item = said(Kind.DEACTIVATE, false, "eu-central-1");
        assertThat(fact(item, "Used from"))
                .isEqualTo(
                        "the data centre (on-premises), with aws-cli and boto3, from 10.0.0.1, 10.0.0.2, 10.0.0.3 and 1"
                                + " more; a place that is not known, with boto3, from 2001:db8::7; a person's machine (macOS),"
                                + " with aws-cli, from 20.1.2.3; and one more place (CloudTrail in eu-central-1, its last 7"
                                + " events)");
        assertThat(fact(item, "Not looked at"))
                .isEqualTo(
                        "other Regions, and uses of data such as objects in S3; what a tool says of itself anybody can"
                                + " say");
        assertThat(fact(said(Kind.DELIVERED, true, ""), "Used from"))
                .as("in a message with facts of its own")
                .endsWith("(CloudTrail in IAM's Region, since 2026-08-25)");
    }

    @Test
    void whereNoEventTellsItIsNotKnown() {
        assertThat(fact(said(Kind.DEACTIVATE, true, "eu-central-1"), "Used from"))
                .isEqualTo("not known: CloudTrail has no event of it (CloudTrail in eu-central-1, since 2026-08-25)");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ROTATE", "DELIVERED", "DEACTIVATE"})
    void whatWasNotLookedAtIsSaidAndWhy(Kind kind) {
        Item denied = said(kind, Fact.unknown("CloudTrail may not be read in this account"));

        assertThat(fact(denied, "Used from")).isEmpty();
        assertThat(fact(denied, "Not looked at"))
                .isEqualTo("where it is used from: CloudTrail may not be read in this account; a key used in several"
                        + " places shows the last of them alone");
        assertThat(fact(said(kind, Fact.notRead()), "Not looked at"))
                .isEqualTo("where it is used from; a key used in several places shows the last of them alone");
    }

    @Test
    void whereThereIsHasteNoWayIsNamed() {
        event("x-for-github-actions", "20.1.2.3");

        assertThat(said(Kind.LEAKED, true, "eu-central-1").better()).isNull();
        assertThat(fact(said(Kind.LEAKED, true, "eu-central-1"), "Used from")).startsWith("GitHub Actions");
    }

    @Test
    void everySampleFillsEveryTemplate(@TempDir Path folder) throws Exception {
        for (Notice sample : new Samples(KHAN, NOW).everything()) {
            assertThat(new MessageWriter(Manner.DEFAULT, InstantSource.fixed(NOW))
                            .message("m", KHAN, List.of(sample))
                            .items())
                    .hasSize(1);
        }
        String own = BuiltIn.text("uses.peb").replace("{{ origin.tools }}", "{{ tols }}");
        Files.writeString(folder.resolve("uses.peb"), own);
        Manner manner = new Manner(folder, ZoneId.of("UTC"), "us", null, List.of());
        MessageWriter writer = new MessageWriter(manner, InstantSource.fixed(NOW));

        assertThat(new Samples(KHAN, NOW).everything().stream().anyMatch(sample -> isBad(writer, sample)))
                .as("a variable that does not exist is found out before it is needed")
                .isTrue();
    }

    private static boolean isBad(MessageWriter writer, Notice sample) {
        try {
            writer.message("m", KHAN, List.of(sample));
            return false;
        } catch (BadTemplate bad) {
            return bad.what().contains("tols");
        }
    }
}

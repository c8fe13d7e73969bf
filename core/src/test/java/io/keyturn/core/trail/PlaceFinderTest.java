package io.keyturn.core.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a key is used from, by what its events tell. */
class PlaceFinderTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant SINCE = Instant.parse("2026-08-25T08:00:00Z");
    private static final TrailActor ANN = new TrailActor(
            "IAMUser", "arn:aws:iam::111122223333:user/ann", "ann", null, "111122223333", "AKIA1", false);
    private static final String CLI =
            "aws-cli/2.32.0 md/awscrt#0.28.4 ua/2.1 os/linux#6.8.0-45-generic lang/python#3.13.9"
                    + " md/prompt#off md/command#sts.get-caller-identity";

    private final List<TrailEvent> events = new ArrayList<>();

    private PlaceFinderTest event(String agent, String address) {
        return event(agent, address, "");
    }

    private PlaceFinderTest event(String agent, String address, String endpoint) {
        TrailOrigin origin = new TrailOrigin(agent, address, "eu-central-1", endpoint);
        Instant at = NOW.minusSeconds(60L * events.size());
        events.add(new TrailEvent(
                "e" + events.size(), at, "ListUsers", "iam.amazonaws.com", ANN, null, null, null, List.of(), origin));
        return this;
    }

    private KeyUses uses(boolean console, Network... networks) {
        return new PlaceFinder(List.of(networks), console).of(new TrailEvents(events, true), "eu-central-1", SINCE);
    }

    private Place only(boolean console) {
        KeyUses uses = uses(console);
        assertThat(uses.origins()).hasSize(1);
        return uses.origins().getFirst().place();
    }

    private static Network network(String range, String name, Place.Kind is) {
        return new Network(IpRange.parse(range).orElseThrow(), name, is);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            aws-sdk-nodejs/2.1 linux/v16.20.2 promise configure-aws-credentials-for-github-actions ~ CI ~ GitHub Actions
            aws-sdk-js/3.600.0 ua/2.1 amazon-ecs-deploy-task-definition-for-github-actions ~ CI ~ GitHub Actions
            aws-cli/2.15.0 Python/3.11.6 Linux/5.15.0 exec-env/gitlab-ci prompt/off ~ CI ~ GitLab CI
            aws-sdk-java/1.12.1 Linux/5.4.0 jenkins/2.440 ~ CI ~ Jenkins
            APN/1.0 HashiCorp/1.0 Terraform/1.9.8 aws-sdk-go-v2/1.30.4 HCP-Terraform/1.0 ~ CI ~ HCP Terraform
            Boto3/1.39.7 os/linux#5.10.245-269.978.amzn2.aarch64 exec-env/AWS_Lambda_python3.12 Botocore/1.39.17 ~ AWS ~ Lambda
            Boto3/1.14.33 Python/3.7.6 Linux/4.14.158-129.185.amzn2.x86_64 exec-env/AWS_ECS_FARGATE ~ AWS ~ ECS on Fargate
            APN/1.0 HashiCorp/1.0 Terraform/0.15.5 aws-sdk-go/1.43.17 (go1.16; linux; amd64) exec-env/AWS_ECS_EC2 ~ AWS ~ ECS on EC2
            aws-cli/2.34.40 Python/3.14.4 Windows/2019Server exec-env/EC2 exe/AMD64 ~ AWS ~ EC2
            aws-cli/2.13.5 Python/3.11.4 Linux/4.14.255-314-253.539.amzn2.x86_64 exec-env/CloudShell exe/x86_64 ~ AWS ~ CloudShell
            aws-sdk-go/1.40.21 (go1.17; linux; amd64) exec-env/Something ~ UNKNOWN ~ ''
            aws-sdk-java/2.28.29 ua/2.0 os/Linux#5.10.226-214.880.amzn2.x86_64 lang/java#17.0.13 ~ AWS ~ ''
            aws-cli/2.9.0 Python/3.9.11 Linux/5.15.0-1019-aws exe/x86_64.ubuntu.22 ~ AWS ~ ''
            aws-cli/2.32.0 md/awscrt#0.28.4 ua/2.1 os/macos#24.6.0 md/arch#arm64 ~ PERSON ~ macOS
            aws-sdk-go/1.20.4 (go1.12.5; darwin; amd64) APN/1.0 HashiCorp/1.0 Terraform/0.12.2 ~ PERSON ~ macOS
            aws-cli/2.15.42 Python/3.11.8 Windows/10 exe/AMD64 prompt/off ~ PERSON ~ Windows or Docker Desktop
            aws-cli/2.15.42 Python/3.11.8 Linux/5.15.167.4-microsoft-standard-WSL2 exe/x86_64 ~ PERSON ~ Windows or Docker Desktop
            aws-cli/2.34.40 Python/3.14.4 Windows/2019Server exe/AMD64 ~ UNKNOWN ~ ''
            aws-cli/2.31.0 Python/3.13.7 Linux/6.8.0-45-generic ~ UNKNOWN ~ ''
            [aws-sdk-java/1.11.504 Linux/4.14.186 OpenJDK_64-Bit_Server_VM/11.0.2] ~ UNKNOWN ~ ''
            aws-sdk-go/1.1 my-lawsuit/1 os/linux#5.1-lawsuit ~ UNKNOWN ~ ''
            Jenkinsfile/1 ~ UNKNOWN ~ ''
            """)
    void an_agent_tells_the_place_or_nothing_does(String agent, Place.Kind kind, String name) {
        assertThat(event(agent, "203.0.113.9").only(false)).isEqualTo(new Place(kind, name));
    }

    @Test
    void the_command_line_of_whoever_signs_in_to_the_console_is_a_person_s() {
        event(CLI, "203.0.113.9");

        assertThat(only(false).kind()).isEqualTo(Place.Kind.UNKNOWN);
        assertThat(only(true)).isEqualTo(new Place(Place.Kind.PERSON, ""));
    }

    @Test
    void a_vpc_endpoint_is_inside_of_aws() {
        assertThat(event(CLI, "10.0.1.7", "vpce-0f5adbfef0071b8e5").only(true))
                .isEqualTo(new Place(Place.Kind.AWS, ""));
    }

    @Test
    void a_network_that_is_named_outweighs_whatever_an_agent_claims() {
        event("Boto3/1.1 exec-env/AWS_Lambda_python3.12", "203.0.113.9");

        Network office = network("203.0.113.0/24", "Head office", Place.Kind.OFFICE);
        Network wider = network("203.0.0.0/8", "elsewhere", Place.Kind.VENDOR);

        assertThat(uses(false, office, wider).origins().getFirst().place())
                .isEqualTo(new Place(Place.Kind.OFFICE, "Head office"));
        assertThat(uses(false, wider, office).origins().getFirst().place())
                .as("the first that fits")
                .isEqualTo(new Place(Place.Kind.VENDOR, "elsewhere"));
    }

    @Test
    void what_one_event_tells_holds_for_all_of_its_address() {
        event(CLI, "20.1.2.3")
                .event("x configure-aws-credentials-for-github-actions", "20.1.2.3")
                .event(CLI, "20.1.2.4");

        KeyUses uses = uses(false);

        assertThat(uses.origins())
                .extracting(origin -> origin.place().name() + " " + origin.events())
                .containsExactly("GitHub Actions 2", " 1");
    }

    @Test
    void functions_and_tasks_behind_one_address_stay_apart() {
        event("Boto3/1 exec-env/AWS_Lambda_python3.12", "198.51.100.1")
                .event("Boto3/1 exec-env/AWS_ECS_FARGATE", "198.51.100.1")
                .event("Boto3/1 exec-env/AWS_ECS_FARGATE", "198.51.100.1");

        assertThat(uses(false).origins())
                .extracting(origin -> origin.place().name())
                .containsExactly("ECS on Fargate", "Lambda");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cloudformation.amazonaws.com", "AWS Internal", "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "::1::"})
    void a_service_that_calls_on_somebody_s_behalf_is_no_place(String address) {
        KeyUses uses = event("cloudformation.amazonaws.com", address).uses(true);

        assertThat(uses.origins()).isEmpty();
        assertThat(uses.events()).isEqualTo(1);
    }

    @Test
    void the_most_frequent_stand_first_and_the_rest_is_counted() {
        for (int i = 0; i < 5; i++) {
            event("Boto3/1.40 Python/3.13", "203.0.113." + i);
        }
        event("Boto3/1.40 Python/3.13", "203.0.113.4");
        event("aws-cli/2.1 os/macos#24", "192.0.2.1");
        event("x-for-github-actions", "192.0.2.2");
        event("Terraform/1.9 exec-env/CloudShell", "192.0.2.3");

        KeyUses uses = uses(false);

        assertThat(uses.origins()).hasSize(3);
        assertThat(uses.otherPlaces()).isEqualTo(1);
        KeyUses.Origin first = uses.origins().getFirst();
        assertThat(first.place()).isEqualTo(Place.UNKNOWN);
        assertThat(first.events()).isEqualTo(6);
        assertThat(first.last()).isEqualTo(NOW);
        assertThat(first.tools()).containsExactly("boto3");
        assertThat(first.addresses()).startsWith("203.0.113.4").hasSize(3);
        assertThat(first.otherAddresses()).isEqualTo(2);
        assertThat(uses.events()).isEqualTo(9);
        assertThat(uses.whole()).isTrue();
        assertThat(uses.since()).isEqualTo(SINCE);
        assertThat(uses.region()).isEqualTo("eu-central-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            aws-cli/2.31.0 Python/3.13.7; aws-cli
            [Boto3/1.24.94 Botocore/1.27.94]; boto3
            Botocore/1.27.94; botocore
            APN/1.0 HashiCorp/1.0 Terraform/1.5.2 (+https://www.terraform.io) terraform-provider-aws/5.7.0; Terraform
            Mozilla/5.0 (X11) Firefox/143; a browser
            [S3Console/0.4]; S3Console
            <!channel> /1; another tool
            evil.example.com/1; another tool
            """)
    void a_tool_is_named_in_harmless_characters(String agent, String tool) {
        assertThat(event(agent, "203.0.113.9").uses(false).origins().getFirst().tools())
                .containsExactly(tool);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "AWS Internal"})
    void no_tool_is_named_where_there_is_none(String agent) {
        assertThat(event(agent, "203.0.113.9").uses(false).origins().getFirst().tools())
                .isEmpty();
    }

    @Test
    void whatever_the_events_hold_little_and_nothing_harmful_comes_of_it() {
        Random random = new Random(20261123);
        String[] parts = {
            "<!channel>",
            "\r\n",
            "<b>",
            "exec-env/",
            "AWS_Lambda_",
            "\u202e",
            "\ud83d\ude00",
            "os/macos",
            "aws-cli/2",
            " ",
            "Terraform",
            "-for-github-actions",
            "a".repeat(300),
            "=1+1",
            "|",
            "`",
            "\u0000",
            "[",
            "]",
            "linux/",
            ".amzn2",
            "::"
        };
        for (int round = 0; round < 500; round++) {
            events.clear();
            for (int i = random.nextInt(50); i >= 0; i--) {
                StringBuilder agent = new StringBuilder();
                StringBuilder address = new StringBuilder();
                for (int j = random.nextInt(12); j > 0; j--) {
                    agent.append(parts[random.nextInt(parts.length)]);
                    address.append(parts[random.nextInt(parts.length)]);
                }
                event(agent.toString(), random.nextBoolean() ? "10.0.0." + random.nextInt(256) : address.toString());
            }

            KeyUses uses = uses(random.nextBoolean());

            assertThat(uses.origins()).hasSizeLessThanOrEqualTo(3);
            for (KeyUses.Origin origin : uses.origins()) {
                assertThat(origin.tools()).hasSizeLessThanOrEqualTo(3);
                assertThat(origin.addresses()).isNotEmpty().hasSizeLessThanOrEqualTo(3);
                assertThat(origin.place().name() + String.join("", origin.tools()))
                        .matches("[A-Za-z0-9 _-]{0,150}");
                assertThat(origin.addresses()).allMatch(address -> address.matches("[0-9a-f.:]{2,45}"));
            }
        }
    }
}

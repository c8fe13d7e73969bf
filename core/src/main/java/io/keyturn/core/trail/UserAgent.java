package io.keyturn.core.trail;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user agent claims: the tool, and where that runs. Sources: the SDKs' own forms ({@code exec-env} is what the
 * variable {@code AWS_EXECUTION_ENV} holds, which Lambda, ECS, CloudShell and tools for Windows on EC2 set), AWS's actions
 * for GitHub, Terraform's provider, and examples of CloudTrail's user guide.
 */
final class UserAgent {
    private static final Pattern ENVIRONMENT = Pattern.compile("exec-env/([A-Za-z0-9_.-]+)");

    /** Kernels that AWS builds for its own machines, and that Ubuntu builds for them. */
    private static final Pattern AWS_KERNEL =
            Pattern.compile("(?:linux/|os/linux#)[a-z0-9_.+-]*(?:\\.amzn[0-9]+|-aws)(?![a-z0-9])");

    private static final Pattern MAC = Pattern.compile("os/macos|darwin[/;]|macintosh");

    /** Those of servers have the year in their name, and these are of Linux beside Windows. */
    private static final Pattern WINDOWS =
            Pattern.compile("(?:os/windows#|windows/|windows nt )1[01](?![0-9])|-microsoft-standard|-linuxkit");

    private static final Pattern DESKTOP = Pattern.compile("^\\[?(?:mozilla/|s3 browser|cyberduck/)|aws-toolkit-for-");

    /** The words that tell a system of builds and deployments, longer ones first. */
    private static final List<Map.Entry<Pattern, String>> SYSTEMS = List.of(
            Map.entry(word("[a-z0-9-]+-for-github-actions|github-?actions"), "GitHub Actions"),
            Map.entry(word("gitlab(?:-ci|-runner)?"), "GitLab CI"),
            Map.entry(word("jenkins"), "Jenkins"),
            Map.entry(word("circleci"), "CircleCI"),
            Map.entry(word("buildkite(?:-agent)?"), "Buildkite"),
            Map.entry(word("bitbucket(?:-pipelines?)?"), "Bitbucket Pipelines"),
            Map.entry(word("azure-?devops|azure-?pipelines|aws-vsts(?:-tools)?"), "Azure DevOps"),
            Map.entry(word("hcp-terraform|terraform-cloud"), "HCP Terraform"),
            Map.entry(word("spacelift"), "Spacelift"),
            Map.entry(word("atlantis"), "Atlantis"),
            Map.entry(word("teamcity"), "TeamCity"),
            Map.entry(word("travis-ci"), "Travis CI"),
            Map.entry(word("spinnaker(?:-user|-executionid)?"), "Spinnaker"));

    /** Tools that call by way of an SDK, which names itself first. */
    private static final List<Map.Entry<Pattern, String>> TOOLS = List.of(
            Map.entry(word("opentofu"), "OpenTofu"),
            Map.entry(word("terraform"), "Terraform"),
            Map.entry(word("pulumi"), "Pulumi"),
            Map.entry(word("ansible"), "Ansible"));

    /** A product as it may be shown: no dot, for what looks like the name of a host becomes a link in some mailboxes. */
    private static final Pattern PRODUCT =
            Pattern.compile("^\\[?([A-Za-z][A-Za-z0-9_-]{0,39})(?:[/ \\]].*)?$", Pattern.DOTALL);

    private final String agent;
    private final String lower;

    UserAgent(String agent) {
        this.agent = agent.strip();
        this.lower = this.agent.toLowerCase(Locale.ROOT);
    }

    private static Pattern word(String word) {
        return Pattern.compile("(?<![a-z0-9-])(?:" + word + ")(?![a-z0-9-])");
    }

    /** The name of the tool, in harmless characters; empty where the agent names none. */
    Optional<String> tool() {
        if (agent.isEmpty() || lower.equals("aws internal")) {
            return Optional.empty();
        }
        Optional<String> known = first(TOOLS);
        if (known.isPresent()) {
            return known;
        }
        Matcher product = PRODUCT.matcher(agent);
        if (!product.matches()) {
            return Optional.of("another tool");
        }
        String name = product.group(1);
        return Optional.of(
                switch (name) {
                    case "Mozilla" -> "a browser";
                    case "Boto3" -> "boto3";
                    case "Botocore" -> "botocore";
                    default -> name;
                });
    }

    /** The system of builds or deployments that it says it belongs to. */
    Optional<Place> system() {
        return first(SYSTEMS).map(name -> new Place(Place.Kind.CI, name));
    }

    /** Where inside AWS it says it runs. */
    Optional<Place> insideAws() {
        Matcher environment = ENVIRONMENT.matcher(agent);
        if (environment.find()) {
            String name = environmentName(environment.group(1));
            if (!name.isEmpty()) {
                return Optional.of(new Place(Place.Kind.AWS, name));
            }
        }
        return AWS_KERNEL.matcher(lower).find() ? Optional.of(new Place(Place.Kind.AWS, "")) : Optional.empty();
    }

    /** Anybody may put anything into the variable: what AWS does not is no evidence. */
    private static String environmentName(String environment) {
        if (environment.startsWith("AWS_Lambda_")) {
            return "Lambda";
        }
        return switch (environment) {
            case "AWS_ECS_FARGATE" -> "ECS on Fargate";
            case "AWS_ECS_EC2" -> "ECS on EC2";
            case "EC2" -> "EC2";
            case "CloudShell" -> "CloudShell";
            default -> "";
        };
    }

    /**
     * The machine of a person that it says it runs on.
     *
     * @param console whether the user is a person who signs in to the console, and so types commands
     */
    Optional<Place> ofPerson(boolean console) {
        if (MAC.matcher(lower).find()) {
            return Optional.of(new Place(Place.Kind.PERSON, "macOS"));
        }
        if (WINDOWS.matcher(lower).find()) {
            return Optional.of(new Place(Place.Kind.PERSON, "Windows or Docker Desktop"));
        }
        boolean typed = console && lower.startsWith("aws-cli/");
        return typed || DESKTOP.matcher(lower).find()
                ? Optional.of(new Place(Place.Kind.PERSON, ""))
                : Optional.empty();
    }

    private Optional<String> first(List<Map.Entry<Pattern, String>> known) {
        return known.stream()
                .filter(one -> one.getKey().matcher(lower).find())
                .map(Map.Entry::getValue)
                .findFirst();
    }
}

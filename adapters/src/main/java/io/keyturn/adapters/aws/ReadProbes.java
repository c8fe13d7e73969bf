package io.keyturn.adapters.aws;

import io.keyturn.core.model.FactName;
import io.keyturn.core.policy.OwnerRule.Contact;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.checkup.Demands;
import io.keyturn.engine.checkup.Role;
import io.keyturn.engine.port.ReadMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.iam.IamClient;

/** Tries every permission that reading an account takes, with one cheap call each. */
final class ReadProbes {
    private static final Set<String> BY_REPORT =
            Set.of("iam:GenerateCredentialReport", "iam:GetCredentialReport", "iam:GetAccountAuthorizationDetails");
    private static final Set<String> LIVE = Set.of("iam:ListUsers", "iam:GetAccountSummary");
    private static final String TAGS = "organizations:ListTagsForResource";
    private static final String ALIASES = "iam:ListAccountAliases";
    private static final String LAST_USED = "iam:GetAccessKeyLastUsed";

    private final Access access;
    private final Demands demands;
    private final AwsAccountReader.@Nullable Tags tags;
    private final boolean single;
    private final SampleUsers sample;
    private final AwsClients clients;
    private final IamClient iam;
    private final AwsRequestOverrideConfiguration as;
    private final Map<String, Ask> requests;

    ReadProbes(Access access, AwsClients clients, Demands demands, AwsAccountReader reader, SampleUsers sample) {
        this.clients = clients;
        this.access = access;
        this.demands = demands;
        this.tags = reader.tags();
        this.single = reader.login().single();
        this.sample = sample;
        this.iam = access.iam();
        this.as = access.as();
        this.requests = requests();
    }

    /** A call that is made for its answer's kind alone. */
    @FunctionalInterface
    private interface Ask {
        void ask() throws CallFailure, InterruptedException;
    }

    List<Check> checks() throws InterruptedException {
        Map<String, Check> checks = new LinkedHashMap<>();
        for (String action : ReadPermissions.ofAccount(demands.mode(), demands.needs(), single)) {
            checks.put(action, tried(action));
        }
        if (demands.mode() == ReadMode.AUTO) {
            chooseWay(checks);
        }
        checks.computeIfPresent(
                ALIASES,
                (action, check) -> check.inTheWay() ? check.excused("the account is known by its number") : check);
        for (String action : ReadPermissions.ofUsers(demands.needs())) {
            checks.put(action, action.equals(LAST_USED) ? lastUsed() : tried(action));
        }
        if (demands.stage() == Stage.ENFORCE) {
            for (String action : ReadPermissions.ofBelongings()) {
                if (!checks.containsKey(action)) {
                    Check check = tried(action);
                    checks.put(action, check.inTheWay() ? check.excused("asked only after a compromise") : check);
                }
            }
        }
        if (demands.stage().allows(Step.ROTATE) && !demands.needs().has(FactName.TRAIL)) {
            Check check = tried(ReadPermissions.EVENTS);
            String unless = "without it nobody knows whether another automation changes keys";
            checks.put(ReadPermissions.EVENTS, check.inTheWay() ? check.excused(unless) : check);
        }
        if (tags != null && demands.needs().has(FactName.ACCOUNT_TAGS)) {
            checks.put(TAGS, tried(TAGS, () -> tags.read(access.calls())));
        }
        return new ArrayList<>(checks.values());
    }

    /** Either way of reading suffices: what only the other one takes is no more than a note. */
    private static void chooseWay(Map<String, Check> checks) {
        boolean report = works(checks, BY_REPORT);
        boolean live = works(checks, LIVE);
        if (report == live) {
            return;
        }
        String why = report ? "the account is read by report alone" : "the account is read live";
        for (String action : report ? LIVE : BY_REPORT) {
            checks.computeIfPresent(action, (any, check) -> check.inTheWay() ? check.excused(why) : check);
        }
    }

    private static boolean works(Map<String, Check> checks, Set<String> actions) {
        return checks.entrySet().stream()
                .noneMatch(check ->
                        actions.contains(check.getKey()) && check.getValue().inTheWay());
    }

    private Map<String, Ask> requests() {
        Map<String, Ask> requests = new HashMap<>();
        requests.put(
                "iam:GenerateCredentialReport",
                asking(() -> iam.generateCredentialReport(r -> r.overrideConfiguration(as))));
        requests.put(
                "iam:GetCredentialReport", asking(() -> iam.getCredentialReport(r -> r.overrideConfiguration(as))));
        requests.put("iam:GetAccountAuthorizationDetails", sample::byDetails);
        requests.put("iam:ListUsers", sample::byList);
        requests.put("iam:GetAccountSummary", asking(() -> iam.getAccountSummary(r -> r.overrideConfiguration(as))));
        requests.put(ALIASES, asking(() -> iam.listAccountAliases(r -> r.overrideConfiguration(as))));
        requests.put("iam:ListAccessKeys", sample::keys);
        Supplier<String> user = sample::someone;
        requests.put(
                "iam:GetUser",
                asking(() -> iam.getUser(r -> r.userName(user.get()).overrideConfiguration(as))));
        requests.put(
                "iam:ListUserTags",
                asking(() ->
                        iam.listUserTags(r -> r.userName(user.get()).maxItems(1).overrideConfiguration(as))));
        requests.put(
                "iam:ListGroupsForUser",
                asking(() -> iam.listGroupsForUser(
                        r -> r.userName(user.get()).maxItems(1).overrideConfiguration(as))));
        requests.put(
                "iam:ListAttachedUserPolicies",
                asking(() -> iam.listAttachedUserPolicies(
                        r -> r.userName(user.get()).maxItems(1).overrideConfiguration(as))));
        requests.put(
                "iam:ListUserPolicies",
                asking(() -> iam.listUserPolicies(
                        r -> r.userName(user.get()).maxItems(1).overrideConfiguration(as))));
        requests.put(
                "iam:GetLoginProfile",
                asking(() -> iam.getLoginProfile(r -> r.userName(user.get()).overrideConfiguration(as))));
        requests.put(
                "iam:ListMFADevices",
                asking(() -> iam.listMFADevices(
                        r -> r.userName(user.get()).maxItems(1).overrideConfiguration(as))));
        requests.put(
                "iam:ListServiceSpecificCredentials",
                asking(() -> iam.listServiceSpecificCredentials(
                        r -> r.userName(user.get()).maxItems(1).overrideConfiguration(as))));
        requests.put(
                "iam:ListSSHPublicKeys",
                asking(() -> iam.listSSHPublicKeys(
                        r -> r.userName(user.get()).maxItems(1).overrideConfiguration(as))));
        requests.put(
                "iam:ListSigningCertificates",
                asking(() -> iam.listSigningCertificates(
                        r -> r.userName(user.get()).maxItems(1).overrideConfiguration(as))));
        requests.put(
                ReadPermissions.EVENTS,
                asking(() -> clients.trail(access.account().partition()).one(as)));
        requests.put(
                ReadPermissions.CONTACT,
                asking(() -> clients.contacts(access.account().partition()).mail(as, Contact.Kind.SECURITY)));
        return requests;
    }

    private Ask asking(Callable<?> request) {
        return () -> access.calls().call(request);
    }

    /** AWS answers for a key that is none as it does where the permission is missing, so it takes a real one. */
    private Check lastUsed() throws InterruptedException {
        String key;
        try {
            key = sample.key();
        } catch (CallFailure failure) {
            return Check.unknown(Role.READ, LAST_USED, "no key to ask about is known: " + failure.why());
        }
        if (key != null) {
            return tried(
                    LAST_USED,
                    asking(() ->
                            iam.getAccessKeyLastUsed(r -> r.accessKeyId(key).overrideConfiguration(as))));
        }
        return sample.whole()
                ? Check.unused(Role.READ, LAST_USED, "no user has a key")
                : Check.unknown(
                        Role.READ,
                        LAST_USED,
                        "none of the first " + SampleUsers.MOST + " users has a key to ask about");
    }

    private Check tried(String action) throws InterruptedException {
        Ask ask = requests.get(action);
        return ask == null
                ? Check.unknown(Role.READ, action, "no harmless call is known that tries it")
                : tried(action, ask);
    }

    private static Check tried(String action, Ask ask) throws InterruptedException {
        try {
            ask.ask();
            return Check.works(Role.READ, action, "");
        } catch (CallFailure failure) {
            return judged(action, failure);
        }
    }

    /** The same of an error: AWS looks for what is asked about only once it has found that the caller may ask. */
    private static Check judged(String action, CallFailure failure) {
        if (failure.denied()) {
            return Check.fails(Role.READ, action, "denied").lacking(action);
        }
        return failure.gone() || ReportJob.notThere(failure)
                ? Check.works(Role.READ, action, "")
                : Check.unknown(Role.READ, action, failure.why());
    }
}

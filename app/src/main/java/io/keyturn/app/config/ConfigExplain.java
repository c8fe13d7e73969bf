package io.keyturn.app.config;

import io.keyturn.app.words.Manner;
import io.keyturn.core.assess.OwnerZone;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.policy.ActWindow;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Escalation;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.CredentialStore;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The effective configuration: each value under its key, with where it came from. */
public final class ConfigExplain {
    private ConfigExplain() {}

    /** Nested as the file is; each value is an object of {@code value} and {@code from}. */
    public static ObjectNode tree(Settings settings) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        Explained top = new Explained(root, "", settings.origins());
        top.items("accounts", settings.accounts(), ConfigExplain::account);
        top.items("policies", settings.rules().policies(), ConfigExplain::policy);
        top.items("owners", settings.rules().owners(), ConfigExplain::owner);
        Escalation escalation = settings.rules().escalation();
        if (escalation != null) {
            Explained escalate = top.group("escalate");
            escalate.leaf("after", escalation.after());
            escalate.items("to", escalation.to(), ConfigExplain::owner);
        }
        top.items("exemptions", settings.rules().exemptions(), ConfigExplain::exemption);
        top.items("stages", settings.rules().stages(), ConfigExplain::stage);
        Explained limits = top.group("limits");
        for (Capped capped : Capped.values()) {
            caps(limits, CapsReader.word(capped), settings.rules().caps().get(capped));
        }
        top.leaf(
                "first-notice",
                settings.rules().firstNotice() == null
                        ? "none"
                        : settings.rules().firstNotice());
        window(top, settings.acting().window());
        ExplainChannels.write(top, settings.acting().channels());
        notices(top, settings.acting().manner(), OwnerZone.tag(settings.rules()));
        credstash(top, settings.acting().credstash());
        top.leaf(
                "hand-over",
                settings.acting().handOver().stream().map(ArnPattern::value).toList());
        top.leaf("approval", settings.acting().approval().label());
        top.leaf("read", settings.read().name().toLowerCase(Locale.ROOT));
        top.leaf("fast", settings.fast());
        top.leaf("account-deadline", settings.accountDeadline());
        store(top, settings.store());
        top.leaf("leaks", settings.rules().leaks());
        top.leaf("count-days", settings.rules().days().label());
        top.leaf("root-keys", settings.rules().root());
        top.items("reports", settings.reports(), ExplainReport::write);
        schedule(top, settings.schedule());
        return root;
    }

    private static void schedule(Explained top, @Nullable Rhythm rhythm) {
        switch (rhythm) {
            case null -> top.leaf("schedule", null);
            case Rhythm.Every(Duration apart) -> top.group("schedule").leaf("every", apart);
            case Cron cron -> {
                Explained at = top.group("schedule");
                at.leaf("cron", cron.expression());
                at.leaf("zone", cron.zoneName());
            }
        }
    }

    private static void store(Explained at, StorePlace store) {
        switch (store) {
            case StorePlace.File(Path path) -> at.leaf("store", path.toString());
            case StorePlace.Table(String name, String region, Path caches) -> {
                Explained table = at.group("store").group("dynamodb");
                table.leaf("table", name);
                table.present("region", region);
            }
        }
    }

    private static void account(Explained at, AccountSource source) {
        switch (source) {
            case AccountSource.Ambient(AccountId expected, boolean dr) ->
                at.leaf("account", expected == null ? "that of the credentials at hand" : expected.value());
            case AccountSource.Profile(String name, AccountId expected, boolean dr, String called) -> {
                at.leaf("profile", name);
                at.present("account", expected == null ? null : expected.value());
                at.present("name", called);
            }
            case AccountSource.Role(String arn, String externalId, boolean dr) -> {
                at.leaf("role", arn);
                at.present("external-id", secret(externalId));
            }
            case AccountSource.Organization organization -> organization(at.group("organization"), organization);
        }
        at.leaf("dr", source.dr());
    }

    private static void organization(Explained at, AccountSource.Organization source) {
        if (at.isWritten("roles")) {
            Explained roles = at.group("roles");
            roles.leaf("read", source.role());
            roles.leaf("act", source.actRole());
            roles.leaf("create", source.createRole());
        } else {
            at.leaf("role", source.role());
        }
        at.present("external-id", secret(source.externalId()));
        at.leaf("include", source.include());
        at.leaf("exclude-units", source.excludeUnits());
        at.leaf(
                "exclude",
                source.exclude().stream().map(AccountId::value).sorted().toList());
    }

    /** A reference as it is written; what is written out is not shown. */
    private static @Nullable String secret(@Nullable String text) {
        return text == null || text.startsWith("${") ? text : "set, and not shown";
    }

    private static void policy(Explained at, Policy policy) {
        at.leaf("name", policy.name());
        at.leaf("when", policy.when().source());
        limit(at, "age", policy.age());
        limit(at, "idle", policy.idle());
        at.leaf("remind-every", policy.remindEvery());
        at.leaf("in-use-window", policy.inUseWindow());
        at.leaf("cut-in-use", policy.cutInUse());
        at.leaf("snooze-at-most", policy.snoozeAtMost());
        Rotation rotation = policy.rotation();
        if (rotation == null) {
            at.leaf("rotate", null);
        } else {
            rotation(at.group("rotate"), rotation);
        }
        at.leaf("brownout", policy.brownout().stream().map(Durations::write).toList());
    }

    private static void limit(Explained in, String key, @Nullable Limit limit) {
        if (limit == null) {
            in.leaf(key, null);
            return;
        }
        Explained at = in.group(key);
        at.leaf("warn", limit.warn().equals(limit.expire()) ? null : limit.warn());
        at.leaf("expire", limit.expire());
        at.leaf("on-warn", limit.onWarn().stream().map(Step::label).toList());
        at.leaf("on-expire", limit.onExpire().stream().map(Step::label).toList());
    }

    private static void rotation(Explained at, Rotation rotation) {
        if (!rotation.selfFetch()) {
            delivery(at.group("deliver"), rotation.deliver());
        }
        at.leaf("self-fetch", rotation.selfFetch());
        at.leaf("deactivate-after", rotation.deactivateAfter());
        at.leaf("hold-after", rotation.holdAfter());
        at.leaf("delete-after", rotation.deleteAfter());
        at.leaf("probe", rotation.probe() ? "on" : "off");
        at.leaf("by", rotation.by().label());
        at.leaf("evidence", rotation.evidence().label());
        at.leaf(
                "despite",
                rotation.despite().stream()
                        .map(Rotation.Obstacle::label)
                        .sorted()
                        .toList());
        at.leaf(
                "also",
                rotation.also().stream().map(Rotation.Derived::label).sorted().toList());
    }

    private static void delivery(Explained at, Delivery delivery) {
        at.leaf("to", delivery.kind());
        switch (delivery) {
            case Delivery.SecretsManager(List<String> readers, boolean trustOwnerTag, Delivery.Place place) -> {
                at.leaf("readers", readers);
                at.leaf("trust-owner-tag", trustOwnerTag);
                place(at, place);
            }
            case Delivery.Ssm(Delivery.Place place) -> place(at, place);
            case Delivery.S3(String bucket, Delivery.Place place) -> {
                at.leaf("bucket", bucket);
                place(at, place);
            }
            case Delivery.S3Csv(String bucket, String region) -> {
                at.leaf("bucket", bucket);
                at.leaf("region", region);
            }
            case Delivery.File(String folder, List<Delivery.Recipient> recipients) -> {
                at.leaf("folder", folder);
                at.items("recipients", recipients, (one, recipient) -> {
                    one.leaf("user", recipient.users().value());
                    one.leaf("key-file", recipient.keyFile());
                });
            }
            case Delivery.Program(String path, String sha256, Duration timeLimit) -> {
                at.leaf("path", path);
                at.leaf("sha256", sha256);
                at.leaf("time-limit", timeLimit);
            }
        }
    }

    private static void place(Explained at, Delivery.Place place) {
        at.leaf("name", place.name());
        at.leaf("kms-key", place.kmsKey());
        at.leaf("region", place.region());
    }

    private static void owner(Explained at, OwnerRule rule) {
        switch (rule) {
            case OwnerRule.Tag(String name) -> at.leaf("tag", name);
            case OwnerRule.Listed listed -> at.leaf("file", listed.file());
            case OwnerRule.MailName() -> at.leaf("name", "mail");
            case OwnerRule.Creator() -> at.leaf("cloudtrail", "creator");
            case OwnerRule.AccountTag(String name) -> at.leaf("account-tag", name);
            case OwnerRule.Contact(OwnerRule.Contact.Kind kind) -> at.leaf("contact", kind.label());
            case OwnerRule.Default(String owner, OwnerRule.Via via) ->
                at.group("default").leaf(via.label(), owner);
        }
    }

    private static void exemption(Explained at, Exemption exemption) {
        at.leaf("user", exemption.user().value());
        at.leaf("owner", exemption.owner());
        at.leaf("reason", exemption.reason());
        at.leaf("until", exemption.until().toString());
    }

    private static void stage(Explained at, StageRule rule) {
        at.present("ou", rule.ou());
        at.present("account", rule.account() == null ? null : rule.account().value());
        at.leaf("stage", rule.stage().label());
        at.present("raised", rule.raised() == null ? null : rule.raised().toString());
    }

    private static void caps(Explained in, String key, @Nullable Caps caps) {
        if (caps == null) {
            in.leaf(key, null);
            return;
        }
        Explained at = in.group(key);
        at.present("global", cap(caps.global()));
        at.present("per-account", cap(caps.perAccount()));
        at.present("percent", caps.percent());
    }

    private static @Nullable String cap(Caps.@Nullable Cap cap) {
        return cap == null ? null : cap.count() + "/" + Durations.write(cap.window());
    }

    private static void window(Explained top, @Nullable ActWindow window) {
        if (window == null) {
            top.leaf("act-window", null);
            return;
        }
        Explained at = top.group("act-window");
        hours(at, window);
        at.leaf("zone", window.zone() == null ? "owner" : window.zone().getId());
        at.leaf(
                "freeze",
                window.freezes().stream().map(f -> f.first() + "/" + f.last()).toList());
    }

    private static void hours(Explained at, ActWindow window) {
        at.leaf("days", window.days().stream().sorted().map(ConfigExplain::day).toList());
        at.leaf("hours", window.from() + "-" + (window.endsAtMidnight() ? "24:00" : window.to()));
    }

    private static void notices(Explained top, Manner manner, String zoneTag) {
        Explained at = top.group("notices");
        at.leaf(
                "zone",
                manner.zone().getId().equals("Z") ? "UTC" : manner.zone().getId());
        at.leaf("zone-tag", zoneTag);
        at.leaf("team", manner.team());
        at.leaf("per", manner.ofEachKey() ? "key" : "owner");
        at.present("guide", manner.guide() == null ? null : manner.guide().toString());
        at.present(
                "templates",
                manner.templates() == null ? null : manner.templates().toString());
        at.leaf("style", manner.style().label());
        ActWindow within = manner.within();
        if (within != null) {
            hours(at.group("within"), within);
        }
        Manner.Link link = manner.link();
        if (link != null) {
            Explained page = at.group("link");
            page.leaf("url", link.base().toString());
            page.leaf("secret", link.secret().redacted());
            page.leaf("valid", link.valid());
        }
        Manner.Evidence evidence = manner.evidence();
        at.leaf(EvidenceReader.USES, evidence.trail() ? EvidenceReader.CLOUDTRAIL : "none");
        at.items(EvidenceReader.NETWORKS, evidence.networks(), (one, network) -> {
            one.leaf("cidr", network.range().toString());
            one.leaf("name", network.name());
            one.leaf("is", network.is().label());
        });
        at.present(
                EvidenceReader.IDENTITY_CENTER,
                evidence.identityCenter() == null
                        ? null
                        : evidence.identityCenter().toString());
    }

    private static String day(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    private static void credstash(Explained top, CredentialStore store) {
        Explained at = top.group("credstash");
        at.leaf("table", store.table());
        at.leaf("region", store.region());
        at.leaf("kms-region", store.kmsRegion());
        at.leaf("profile", store.profile());
        at.leaf(
                "context",
                store.context().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .sorted()
                        .toList());
    }

    /** The rows of {@link #tree} for people: key, value and origin, each column as wide as it must be. */
    public static List<String> table(ObjectNode tree) {
        return ExplainTable.of(tree);
    }
}

package io.keyturn.app.words;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Settled;
import io.keyturn.core.policy.MailAddress;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.SecretSink;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The variables of the templates, as docs/guide/notices.md lists them. None is ever null: what there is not is empty. */
final class Vocabulary {
    /** What is said so shortly before something is taken is the last word. */
    private static final Duration LAST_WORD = Duration.ofHours(36);

    private static final int MORE_TIME_DAYS = 14;
    /** Characters that keycheck names a key by. */
    private static final int ENDING = 5;

    private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final String S3 = ":s3:::";
    /** Variables of a key, about. */
    private static final int OF_A_KEY = 64;

    private final Manner manner;
    private final ZoneId zone;
    private final Instant now;
    private final Wordbook book;
    private final Days days;
    private final String yours;
    private Map<String, Object> general = Map.of();
    private @Nullable Owner generalOwner;

    /**
     * @param book what has no template of its own
     * @param owner whose clock the days go by, where it is known
     * @param yours the page of the owner's keys; null where there is none
     */
    Vocabulary(Manner manner, Wordbook book, Instant now, Owner owner, @Nullable URI yours) {
        ZoneId own = owner.zone();
        this.zone = own == null ? manner.zone() : own;
        this.manner = manner;
        this.yours = yours == null ? "" : yours.toString();
        this.now = now;
        this.book = book;
        this.days = new Days(book, zone, now);
    }

    /** Of one key. */
    Map<String, Object> of(Notice notice) {
        Finding finding = notice.finding();
        Map<String, Object> words = HashMap.newHashMap(OF_A_KEY);
        words.putAll(general(notice.owner()));
        KeyId id = finding.credential().keyId();
        words.put("user", notice.user().name().value());
        words.put("key", id == null ? "" : id.lastFour());
        words.put("ending", id == null ? "" : id.last(ENDING));
        words.put("id", id == null ? "" : id.value());
        words.put("ticket", notice.ticket() == null ? "" : notice.ticket().reference());
        words.put(
                "link", notice.ticket() == null ? "" : notice.ticket().address().toString());
        end(words, finding);
        words.put("account", notice.account().name());
        words.put("number", notice.account().id().value());
        words.put("grouped", grouped(notice.account().id().value()));
        words.put("profile", profile(notice.account()));
        words.put("name", name(notice));
        words.put("description", description(notice));
        words.put("standing", capital(book.say("standing", finding.standing().label())));
        words.put("created", created(finding.credential().created()));
        words.put("age", finding.ageDays() == null ? "" : finding.ageDays().toString());
        words.put("used", used(finding.lastUse()));
        words.put("derived", notice.settled() == null ? derived(finding.lastUse()) : "");
        words.put("why", why(finding));
        words.put("policy", finding.governedBy() == null ? "" : finding.governedBy());
        words.put("timed", manner.timed().contains(String.valueOf(finding.governedBy())));
        words.put("console", notice.user().console() instanceof Fact.Known<Boolean>(Boolean has, var at) && has);
        words.put("inactive", inactive(notice));
        step(words, notice.announced());
        settled(words, notice.settled());
        successor(words, notice);
        words.putAll(new PlaceWords(manner.evidence(), book, days).of(notice.uses()));
        return words;
    }

    /** Of all keys of a message. */
    Map<String, Object> of(Owner owner, List<Notice> notices) {
        Map<String, Object> words = new HashMap<>(general(owner));
        words.put("count", notices.size());
        words.put("settled", notices.stream().allMatch(notice -> notice.settled() != null));
        words.put(
                "by",
                notices.stream()
                        .map(Notice::announced)
                        .filter(announced -> announced != null)
                        .map(Deadline::at)
                        .min(Instant::compareTo)
                        .map(days::day)
                        .orElse(""));
        return words;
    }

    /** Of whoever it is about: all keys of a message have one owner, mostly. */
    private Map<String, Object> general(Owner owner) {
        if (!owner.equals(generalOwner)) {
            general = ofAny(owner);
            generalOwner = owner;
        }
        return general;
    }

    private Map<String, Object> ofAny(Owner owner) {
        Map<String, Object> words = new HashMap<>();
        words.put("owner", owner.name());
        words.put("source", SourceWords.of(owner.source(), book));
        words.put("instead", SourceWords.isInstead(owner.source()));
        words.put("team", team());
        words.put("guide", manner.guide() == null ? "" : manner.guide().toString());
        words.put("zone", zone.getId().equals("Z") ? "UTC" : zone.getId());
        words.put("today", days.day(days.today()));
        words.put("yours", yours);
        return words;
    }

    private String team() {
        return manner.team().equals(Manner.ANY_TEAM) ? book.say(Word.TEAM) : manner.team();
    }

    /** A key is called by its user, its last four characters and its account. */
    static String name(Notice notice) {
        KeyId id = notice.finding().credential().keyId();
        return notice.user().name().value()
                + (id == null ? "" : " · " + id.lastFour())
                + " · " + notice.account().name();
    }

    /** Twelve digits as people read them. */
    private static String grouped(String number) {
        return number.substring(0, 4) + " " + number.substring(4, 8) + " " + number.substring(8);
    }

    /**
     * How a command names the account: as it is called where that is one harmless word, for owners paste commands into their
     * shells; else its number.
     */
    private static String profile(Account account) {
        return PROFILE.matcher(account.name()).matches()
                ? account.name()
                : account.id().value();
    }

    /** The console keeps what people write about a key in a tag whose name is the key's ID. */
    private static String description(Notice notice) {
        KeyId id = notice.finding().credential().keyId();
        return id != null && notice.user().tags() instanceof Fact.Known<Map<String, String>> tags
                ? tags.value().getOrDefault(id.value(), "")
                : "";
    }

    /** When the key's age is over: the last date that its policy names for that. */
    private void end(Map<String, Object> words, Finding finding) {
        Instant end = finding.deadlines().stream()
                .filter(deadline -> deadline.limit().equals("age"))
                .map(Deadline::at)
                .max(Instant::compareTo)
                .orElse(null);
        words.put("expires", end == null ? "" : days.date(end).toString());
        words.put("expired", finding.standing() == Standing.EXPIRED);
    }

    private void step(Map<String, Object> words, @Nullable Deadline announced) {
        words.put("on", announced == null ? "" : days.day(announced.at()));
        words.put("in", announced == null ? "" : days.in(days.date(announced.at())));
        words.put(
                "final",
                announced != null
                        && announced.step() != Step.ROTATE
                        && announced.at().isBefore(now.plus(LAST_WORD)));
        // What is said comes after what is done: where its day is here, something kept it from being done.
        words.put("due", announced != null && !days.date(announced.at()).isAfter(days.today()));
        words.put(
                "what",
                announced == null ? "" : book.say("step", announced.step().label()));
        LocalDate from = announced == null ? days.today() : days.date(announced.at());
        words.put("later", manner.moreTime() ? from.plusDays(MORE_TIME_DAYS).toString() : "");
    }

    private void settled(Map<String, Object> words, @Nullable Settled settled) {
        words.put("settled", settled == null ? "" : settled.label());
        words.put("ended", settled == null ? "" : book.say("ended", settled.label()));
        words.put("end", settled == null ? "" : book.say("end", settled.label()));
    }

    private void successor(Map<String, Object> words, Notice notice) {
        Reason.Succeeded succeeded = notice.finding().reasons().stream()
                .filter(Reason.Succeeded.class::isInstance)
                .map(Reason.Succeeded.class::cast)
                .findFirst()
                .orElse(null);
        boolean mayKnow = mayLearnWhereSecretsLie(notice.owner());
        words.put("successor", succeeded == null ? "" : succeeded.successor().lastFour());
        words.put("delivered", succeeded == null ? "" : days.day(succeeded.delivered()));
        words.put("kept", succeeded == null ? "" : kept(succeeded));
        words.put(
                "place",
                succeeded == null
                        ? ""
                        : mayKnow ? succeeded.place() : book.say(Word.PLACE_HIDDEN, Map.of("team", team())));
        words.put("fetch", succeeded == null || !mayKnow ? "" : fetch(succeeded.place()));
        words.put("page", succeeded == null || !mayKnow ? "" : page(succeeded.place()));
    }

    /**
     * Whoever may tag a user could name themselves its owner: that makes them hear of a key, and never learn where its
     * successor's secret lies, unless their mail address is of a domain that is trusted.
     */
    private boolean mayLearnWhereSecretsLie(Owner owner) {
        String name = owner.name();
        return !owner.byHearsay()
                || (MailAddress.looksLike(name) && manner.trusts(name.substring(name.lastIndexOf('@') + 1)));
    }

    /** Until when the secret can be fetched; empty where it no longer can. */
    private String kept(Reason.Succeeded succeeded) {
        if (succeeded.place().endsWith(".csv")) {
            // A file in the form of an earlier tool goes when the bucket's own rules say so, which nobody tells here.
            return book.say(Word.KEPT_BY_BUCKET);
        }
        Instant kept = succeeded.delivered().plus(SecretSink.KEPT);
        return kept.isAfter(now) ? days.day(kept) : "";
    }

    private static String fetch(String place) {
        if (place.contains(":secretsmanager:")) {
            // The command line asks in its own Region, whatever the name says.
            return "aws secretsmanager get-secret-value --secret-id " + place + " --region " + place.split(":", 5)[3]
                    + " --query SecretString --output text";
        }
        return place.contains(S3) ? "aws s3 cp s3://" + object(place) + " -" : "";
    }

    private static String object(String place) {
        return place.substring(place.indexOf(S3) + S3.length());
    }

    /** The page of AWS's console that shows an object of S3. */
    private static String page(String place) {
        int from = place.indexOf(S3);
        String object = from < 0 ? "" : object(place);
        int slash = object.indexOf('/');
        if (slash < 0) {
            return "";
        }
        String host = switch (place.substring(0, from)) {
            case "arn:aws-us-gov" -> "console.amazonaws-us-gov.com";
            case "arn:aws-cn" -> "console.amazonaws.cn";
            default -> "s3.console.aws.amazon.com";
        };
        return "https://" + host + "/s3/object/" + object.substring(0, slash) + "?prefix="
                + URLEncoder.encode(object.substring(slash + 1), StandardCharsets.UTF_8);
    }

    /** The user's other key that is switched off, by its last four characters; empty where there is none. */
    private static String inactive(Notice notice) {
        KeyId own = notice.finding().credential().keyId();
        return notice.user().keys().orElse(List.of()).stream()
                .filter(key -> !key.active() && key.id() != null && !key.id().equals(own))
                .map(key -> key.id() == null ? "" : key.id().lastFour())
                .findFirst()
                .orElse("");
    }

    private String why(Finding finding) {
        ReasonWords reasons = new ReasonWords(book);
        String why = finding.reasons().stream()
                .filter(reason -> !(reason instanceof Reason.Succeeded))
                .map(reasons::of)
                .collect(Collectors.joining("; "));
        return why.isEmpty() ? book.say(Word.WITHIN_LIMITS) : why;
    }

    private String created(@Nullable Instant created) {
        return created == null
                ? book.say(Word.CREATED_UNKNOWN)
                : book.say(Word.CREATED, Map.of("day", days.day(created), "ago", days.ago(days.date(created))));
    }

    /**
     * What is made with the key that its end concerns, as far as its last use tells. Sources: S3 user guide, "Download and
     * upload objects with presigned URLs"; STS API reference, GetSessionToken; SES developer guide, "Obtaining Amazon SES
     * SMTP credentials".
     */
    private static String derived(LastUse use) {
        return switch (use instanceof LastUse.Used used ? used.service() : "") {
            case "s3" -> "links";
            case "ses" -> "passwords";
            case "sts" -> "sessions";
            default -> "";
        };
    }

    private String used(LastUse use) {
        return switch (use) {
            case LastUse.NeverUsed() -> book.say(Word.USED_NEVER);
            case LastUse.Unknown unknown -> book.say(Word.USED_UNKNOWN, Map.of("why", unknown.why()));
            case LastUse.Used used ->
                book.say(
                        Word.USED,
                        Map.of(
                                "ago",
                                days.ago(days.date(used.at())),
                                "service",
                                used.service(),
                                "region",
                                used.region()));
        };
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}

package io.keyturn.proof.process;

import io.keyturn.proof.moto.AgedMoto;
import io.keyturn.proof.moto.AgedMoto.Person;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** moto with a bucket and a verified sender, looked at as check-and-rotate-iam-access-keys-age's users would. */
final class RotatorWorld implements AutoCloseable {
    static final Instant NOW = Instant.now();
    static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);

    /** What the tool reads. */
    static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("LAMBDA_FUNCTION_NAME", "rotate"),
            Map.entry("SES_EMAIL", "keys@example.com"),
            Map.entry("SES_REGION", "eu-west-1"),
            Map.entry("IAM_EMAIL_TAG_KEY", "email"),
            Map.entry("S3_CSV_BUCKET", "creds"),
            Map.entry("LAST_CHECK_DATE_TAG_KEY", "last-check-date"),
            Map.entry("LAST_CHECK_OLD_KEY_TAG_KEY", "last-check-old-key"),
            Map.entry("WARNING_DAYS", "30"),
            Map.entry("OVERDUE_DAYS", "60"),
            Map.entry("DEACTIVATE_DAYS", "10"),
            Map.entry("DELETION_DAYS", "10"));

    final AgedMoto moto;
    private final Path folder;

    RotatorWorld(Path folder, Person... people) throws Exception {
        this.folder = folder;
        this.moto = AgedMoto.start(people);
        moto.python("""
                boto3.client("s3").create_bucket(Bucket="creds")
                boto3.client("ses", region_name="eu-west-1").verify_email_identity(EmailAddress="keys@example.com")
                """);
    }

    /** Keyturn in the tool's environment, within this process unless said otherwise. */
    Tool tool() {
        Tool tool = new Tool(folder).inside();
        SETTINGS.forEach(tool::with);
        moto.environment().forEach(tool::with);
        return tool;
    }

    Tool.Ended run() throws Exception {
        return tool().run("run", "--preset", "rotator");
    }

    /** The same through somebody who meddles. */
    Tool.Ended run(Meddler meddler) throws Exception {
        return tool().with("AWS_ENDPOINT_URL", meddler.url()).run("run", "--preset", "rotator");
    }

    static Instant ago(long days) {
        return NOW.minus(days, ChronoUnit.DAYS);
    }

    static Map<String, Object> key(long days) {
        return AgedMoto.key(ago(days), true);
    }

    static Map<String, Object> key(long days, long used) {
        return AgedMoto.used(ago(days), true, ago(used));
    }

    static Map<String, Object> off(long days) {
        return AgedMoto.key(ago(days), false);
    }

    @SafeVarargs
    static Person owned(String name, Map<String, Object>... keys) {
        return Person.tagged(name, Map.of("email", name + "@example.com"), keys);
    }

    /** Tags as the tool leaves them: of that user's oldest key, so many days ago. */
    void tag(String user, long days) throws Exception {
        moto.python("""
                iam = boto3.client("iam")
                keys = sorted(iam.list_access_keys(UserName="%1$s")["AccessKeyMetadata"], key=lambda k: k["CreateDate"])
                iam.tag_user(UserName="%1$s", Tags=[{"Key": "last-check-date", "Value": "%2$s"},
                                                    {"Key": "last-check-old-key", "Value": keys[0]["AccessKeyId"]}])
                """.formatted(user, TODAY.minusDays(days)));
    }

    /** A day passes for a rotation: its date moves back by so many. */
    void pass(String user, long days) throws Exception {
        moto.python("""
                import datetime
                iam = boto3.client("iam")
                tags = {t["Key"]: t["Value"] for t in iam.list_user_tags(UserName="%1$s")["Tags"]}
                day = datetime.date.fromisoformat(tags["last-check-date"]) - datetime.timedelta(days=%2$d)
                iam.tag_user(UserName="%1$s", Tags=[{"Key": "last-check-date", "Value": str(day)}])
                """.formatted(user, days));
    }

    /** A user: how the keys stand, oldest first, and what the tags but the owner's say, the old key as its place. */
    String user(String name) throws Exception {
        return moto.python("""
                iam = boto3.client("iam")
                keys = sorted(iam.list_access_keys(UserName="%1$s")["AccessKeyMetadata"], key=lambda k: k["CreateDate"])
                ids = [k["AccessKeyId"] for k in keys]
                tags = {t["Key"]: t["Value"] for t in iam.list_user_tags(UserName="%1$s")["Tags"]
                        if t["Key"] != "email" and not t["Key"].startswith("more")}
                for i, key in enumerate(ids):
                    tags = {k: v.replace(key, f"key {i + 1}") for k, v in tags.items()}
                print(", ".join(k["Status"] for k in keys), dict(sorted(tags.items())) or "")
                """.formatted(name)).strip();
    }

    /** Recipients and subjects of all mail, sorted. */
    List<String> mails() throws Exception {
        return moto.python("""
                import email, email.policy, json, os, urllib.request
                data = json.load(urllib.request.urlopen(os.environ["AWS_ENDPOINT_URL"] + "/moto-api/data.json"))
                for raw in data.get("ses", {}).get("RawMessage", []):
                    letter = email.message_from_string(raw["raw_data"], policy=email.policy.default)
                    print(letter["To"], "|", letter["Subject"].replace(" · ", " "))
                """).lines().sorted().map(RotatorWorld::nameless).toList();
    }

    /** Without the four characters of the key, which are moto's. */
    private static String nameless(String line) {
        return line.replaceAll("\\| (\\S+) \\S{4} 123456789012", "| $1");
    }

    List<String> objects() throws Exception {
        return moto.python("""
                for one in boto3.client("s3").list_objects_v2(Bucket="creds").get("Contents", []):
                    print(one["Key"])
                """)
                .lines()
                .map(line -> line.replaceAll("_AKIA\\w{16}", "_KEY"))
                .toList();
    }

    static String tags(long daysAgo) {
        return "{'last-check-date': '" + TODAY.minusDays(daysAgo) + "', 'last-check-old-key': 'key 1'}";
    }

    /** A day as mails name it. */
    static String near(LocalDate day) {
        return day.format(DateTimeFormatter.ofPattern("EEE yyyy-MM-dd", Locale.ROOT));
    }

    @Override
    public void close() throws Exception {
        moto.close();
    }
}

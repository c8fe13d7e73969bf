package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.proof.moto.AgedMoto;
import io.keyturn.proof.moto.AgedMoto.Person;
import io.keyturn.proof.process.Tool.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Findings that Keyturn imports, as another client reads them from another's Security Hub. */
@Timeout(180)
class SecurityHubOnMotoTest {
    private static final String FINDINGS = """
            found = boto3.client("securityhub", "us-east-1").get_findings()["Findings"]
            for one in sorted(found, key=lambda f: f["Title"]):
                print(one["RecordState"], one["Compliance"]["Status"], one["AwsAccountId"], one["Title"].split(" · ")[0])
            """;

    @TempDir
    private Path folder;

    @Test
    void another_client_finds_what_was_imported_and_sees_it_end() throws Exception {
        Instant old = Instant.now().minus(Duration.ofDays(200));
        Path config = Files.writeString(folder.resolve("keyturn.yaml"), """
                policies:
                  - {name: all, age: {warn: 75d, expire: 90d, on-warn: [], on-expire: []}}
                stages: [{stage: notify}]
                owners: []
                leaks: false
                store: journal.db
                reports: [{form: security-hub}]
                """);
        try (AgedMoto moto = AgedMoto.start(
                Person.of("old", AgedMoto.key(old, true)), Person.of("fresh", AgedMoto.key(Instant.now(), true)))) {
            Tool tool = new Tool(folder);
            moto.environment().forEach(tool::with);

            Ended first = tool.run("run", "--config", config.toString());

            assertThat(first.exit()).as(first.out() + first.err()).isZero();
            assertThat(moto.python(FINDINGS)).isEqualTo("ACTIVE FAILED 123456789012 Access key of old\n");
            moto.python("""
                    iam = boto3.client("iam")
                    for key in iam.list_access_keys(UserName="old")["AccessKeyMetadata"]:
                        iam.delete_access_key(UserName="old", AccessKeyId=key["AccessKeyId"])
                    """);
            tool.run("run", "--config", config.toString());
            assertThat(moto.python(FINDINGS)).isEqualTo("ARCHIVED PASSED 123456789012 Access key of old\n");
        }
    }
}

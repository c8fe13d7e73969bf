package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store that a configuration names, where it is a table; its use is proven with several processes elsewhere. */
class StoreCommandTest {
    @TempDir
    private Path folder;

    private Line line;
    private String config;

    @BeforeEach
    void open() throws Exception {
        line = new Line(folder);
        config = Files.writeString(
                        folder.resolve("keyturn.yaml"),
                        "store: {dynamodb: {table: keyturn-journal, region: eu-west-1}}\n")
                .toString();
    }

    @Test
    void a_file_is_made_where_it_is_missing() {
        Path file = folder.resolve("new").resolve("keyturn.db");

        assertThat(line.run("store", "create", "--store", file.toString())).isZero();
        assertThat(line.out()).isEqualTo("ready: " + file + "\n");
        assertThat(file).exists();
    }

    @Test
    void the_policy_of_the_role_that_reads_allows_the_journal_in_its_table() {
        assertThat(line.run("iam-policy", "--config", config)).isZero();
        assertThat(line.out().replaceAll("\\s+", " "))
                .contains("\"Sid\" : \"KeepJournal\"")
                .contains("[ \"dynamodb:ConditionCheckItem\", \"dynamodb:DescribeTable\", \"dynamodb:GetItem\","
                        + " \"dynamodb:PutItem\", \"dynamodb:Query\" ]")
                .contains("\"arn:aws:dynamodb:eu-west-1:*:table/keyturn-journal\"");
    }

    @Test
    void a_table_in_no_region_is_not_looked_for() throws Exception {
        Files.writeString(folder.resolve("keyturn.yaml"), "store: {dynamodb: {table: keyturn-journal}}\n");

        assertThat(line.run("store", "create", "--config", config)).isEqualTo(3);
        assertThat(line.err())
                .isEqualTo("keyturn: could not find the table of the journal in the DynamoDB table keyturn-journal"
                        + " (no Region): no Region is named; name the table's Region, or set AWS_REGION\n");
    }
}

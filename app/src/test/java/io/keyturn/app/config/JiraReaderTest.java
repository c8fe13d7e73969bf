package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JiraReaderTest {
    @TempDir
    private Path folder;

    private Channels.Jira jira(String more) {
        Channels channels = new ConfigFolder(folder)
                .settings("channels: {jira: {url: https://jira.example.com, project: OPS, token: '${env:T}'" + more
                        + "}}")
                .acting()
                .channels();
        return Objects.requireNonNull(channels.jira());
    }

    @Test
    void withoutMoreAKeyHasATaskOfItsOwn() {
        assertThat(jira("").type()).isEqualTo("Task");
        assertThat(jira("").perOwner()).isFalse();
        assertThat(jira("").fields()).isEqualTo("{}");
    }

    @Test
    void fieldsArePassedOnAsTheyAreWritten() {
        Channels.Jira jira =
                jira(", type: Service Request, per: owner, labels: [security, aws], fields: {priority: {name:"
                        + " High}, customfield_10010: [{value: Red}, 7, 1.5, true, null, '007', 0x1F]}");
        assertThat(jira.type()).isEqualTo("Service Request");
        assertThat(jira.perOwner()).isTrue();
        assertThat(jira.labels()).isEqualTo(List.of("security", "aws"));
        assertThat(jira.fields())
                .isEqualTo(
                        "{\"priority\":{\"name\":\"High\"},\"customfield_10010\":[{\"value\":\"Red\"},7,1.5,true,null,"
                                + "\"007\",\"0x1F\"]}");
    }
}

package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.SimBucket;
import io.keyturn.sandbox.world.SimObject;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The heads of the journal's chains in a bucket that nobody can write anew. */
@Timeout(120)
class HistoryAnchorTest {
    private static final String HERE = "s3://fern-anchors/production";

    @TempDir
    private Path folder;

    private World world;
    private SandboxServer server;
    private Line line;

    @BeforeEach
    void open() throws Exception {
        world = World.generate(new WorldSpec(3, 1, 1, 0, Instant.now()));
        server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system());
        line = new Line(folder).on(server);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private SimBucket bucket(boolean locks) {
        return world.buckets()
                .add(new SimBucket("fern-anchors", world.management().id(), Instant.now(), locks));
    }

    private int run(String journal, String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--store";
        all[words.length + 1] = folder.resolve(journal).toString();
        return line.run(all);
    }

    @Test
    void the_journal_agrees_with_its_anchors_and_another_in_its_place_does_not() {
        SimBucket bucket = bucket(true);
        run("journal.db", "stop", "--why", "drill");

        assertThat(run("journal.db", "history", "verify", "--anchors", HERE)).isZero();
        assertThat(line.out()).contains("no anchor is there yet");
        assertThat(run("journal.db", "history", "anchor", HERE, "--keep", "30"))
                .as(line.err())
                .isZero();
        assertThat(line.out())
                .matches("anchored 1 lines of 1 streams in s3://fern-anchors/production/\\S+\\.json, locked"
                        + " until \\d{4}-\\d\\d-\\d\\d\n");
        assertThat(bucket.versions())
                .singleElement()
                .satisfies(kept -> assertThat(kept.mayGo(Instant.now().plus(Duration.ofDays(29)), true))
                        .isFalse());
        run("journal.db", "resume", "--why", "over");
        assertThat(run("journal.db", "history", "verify", "--anchors", HERE)).isZero();
        assertThat(line.out()).contains("organization: 2 lines hold", "1 anchor agrees");

        run("forged.db", "stop", "--why", "another");
        assertThat(run("forged.db", "history", "verify")).isZero();
        assertThat(run("forged.db", "history", "verify", "--anchors", HERE)).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.err())
                .contains(
                        "could not trust line 1 of the journal of organization: the anchor s3://fern-anchors/production/")
                .contains("it, or a line before it, was written anew");
        assertThat(run("none.db", "history", "verify", "--anchors", HERE)).isEqualTo(Keyturn.NOT_READ);
        assertThat(Files.exists(folder.resolve("none.db"))).isFalse();
    }

    @Test
    void what_stands_in_the_way_is_said() {
        run("journal.db", "stop", "--why", "drill");

        assertThat(run("journal.db", "history", "anchor", HERE)).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.err()).contains("AWS answered NoSuchBucket", "correct its name, or make it, with Object Lock");
        SimBucket bucket = bucket(false);
        assertThat(run("journal.db", "history", "anchor", HERE)).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.err())
                .contains("make the bucket with Object Lock: aws s3api create-bucket --bucket fern-anchors"
                        + " --object-lock-enabled-for-bucket");
        assertThat(run("journal.db", "history", "anchor", "fern-anchors")).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.err()).contains("it is not of the form s3://bucket/folder");
        assertThat(run("journal.db", "history", "anchor", HERE, "--keep", "0")).isEqualTo(2);
        assertThat(line.err()).contains("--keep is at least 1 day, not 0");
        assertThat(run("none.db", "history", "anchor", HERE)).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.err()).contains("there is none yet");

        bucket.put(object("{}"));
        assertThat(run("journal.db", "history", "verify", "--anchors", HERE)).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.err()).contains("it is none of Keyturn's; keep nothing else in that folder");
        bucket.put(object("{\"schema\":\"https://keyturn.io/schema/anchor/1\",\"at\":\"2026-11-23T08:00:00Z\"}"));
        assertThat(run("journal.db", "history", "verify", "--anchors", HERE)).isEqualTo(Keyturn.NOT_READ);
        assertThat(line.out()).contains("agrees, but is not locked, so anybody could have changed it");
    }

    private static SimObject object(String text) {
        Map<String, String> none = Map.of();
        return new SimObject("production/a.json", "null", false, text, none, none, null, Instant.now());
    }
}

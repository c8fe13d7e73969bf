package io.keyturn.app.evidence;

import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.ExportedChain;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the journal holds of the time: its chains from their first lines on, and tables of what they say. */
public final class JournalEvidence {
    private static final int PAGE = 1_000;

    private final Span span;
    private final ActionSheet actions;
    private final ExceptionSheet exceptions;
    private final Sheet notices = new Sheet(
            "at",
            "account",
            "user",
            "userId",
            "keyId",
            "step",
            "announcedFor",
            "channel",
            "recipient",
            "placement",
            "reference",
            "run",
            "line");
    private final Sheet decisions =
            new Sheet("at", "decision", "scope", "keyId", "by", "reason", "until", "value", "run", "line");
    private final List<EvidenceFile> chains = new ArrayList<>();
    private final Map<String, Head> heads = new TreeMap<>();
    private @Nullable TrailSheet trail;

    public JournalEvidence(Span span) {
        this.span = span;
        this.actions = new ActionSheet(span);
        this.exceptions = new ExceptionSheet(span);
    }

    /** Takes what CloudTrail tells of the same time; null where it tells nothing. */
    public void beside(@Nullable TrailSheet told) {
        trail = told;
    }

    /**
     * Takes in a journal.
     *
     * @throws StoreFailure where it cannot be read, or naming the first line that cannot be trusted
     */
    public void read(JournalStore store) throws StoreFailure {
        List<String> streams = new ArrayList<>(store.streams());
        streams.sort(Comparator.comparing((String stream) -> !stream.equals(Streams.ORGANIZATION))
                .thenComparing(Comparator.naturalOrder()));
        for (String stream : streams) {
            long last = lastOf(store, stream);
            if (last > 0) {
                take(store, stream, last);
            }
        }
    }

    /**
     * The last line that was written before the time ended, after the whole stream was found to hold. What stands before it
     * comes along even where a clock went wrong: a chain has no holes.
     */
    private long lastOf(JournalStore store, String stream) throws StoreFailure {
        long[] counts = {0, 0};
        AccountJournal.open(store, stream, entry -> {
            counts[0]++;
            if (entry.stamp().at().isBefore(span.end())) {
                counts[1] = counts[0];
            }
        });
        return counts[1];
    }

    private void take(JournalStore store, String stream, long last) throws StoreFailure {
        ExportedChain chain = new ExportedChain(stream, store.place());
        try (EvidencePen pen = new EvidencePen(chainFile(stream))) {
            while (chain.head().sequence() < last) {
                long after = chain.head().sequence();
                for (Line line : store.read(stream, after, (int) Math.min(PAGE, last - after))) {
                    Entry entry = chain.follow(line.text());
                    pen.write(line.text());
                    pen.write('\n');
                    take(stream + ":" + line.sequence(), entry);
                }
            }
            chains.add(pen.file());
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes what is written", e);
        }
        heads.put(stream, chain.head());
    }

    /** The file of a stream's lines. */
    static String chainFile(String stream) {
        return "journal/" + stream + ".jsonl";
    }

    private void take(String line, Entry entry) {
        actions.take(line, entry);
        exceptions.take(line, entry);
        if (span.holds(entry.stamp().at())) {
            switch (entry) {
                case Entry.Notice notice -> told(line, notice);
                case Entry.Decision decision -> decided(line, decision);
                case Entry.Intent intent -> {
                    // A row of the actions.
                }
                case Entry.Outcome outcome -> {
                    // It stands with its action.
                }
            }
        }
    }

    private void told(String line, Entry.Notice notice) {
        notices.row(
                notice.stamp().at().toString(),
                notice.target().account().value(),
                notice.target().name().value(),
                notice.target().user().value(),
                Cells.key(notice.target()),
                notice.step().label(),
                notice.due().toString(),
                notice.channel(),
                notice.recipient(),
                Cells.word(notice.placement()),
                Cells.text(notice.reference()),
                notice.stamp().run(),
                line);
    }

    private void decided(String line, Entry.Decision decision) {
        decisions.row(
                decision.stamp().at().toString(),
                Cells.word(decision.kind()),
                Cells.scope(decision.scope()),
                Cells.key(decision.target()),
                decision.by(),
                decision.why(),
                Cells.text(decision.until()),
                Cells.text(decision.value()),
                decision.stamp().run(),
                line);
    }

    /** What of CloudTrail's events is in no journal though Keyturn's credentials did it; empty where there is none. */
    List<String> violations() {
        long count = trail == null ? 0 : TrailSheet.violations(actions.against(trail));
        return count == 0
                ? List.of()
                : List.of((count == 1 ? "1 event" : count + " events")
                        + " in trail.csv came from Keyturn's role and stand in no journal: somebody used it beside"
                        + " Keyturn, or another store was written");
    }

    /** The last line of each stream that is in the archive. */
    Map<String, Head> heads() {
        return Map.copyOf(heads);
    }

    /** Its files; {@code exemptions} are those that the configuration had. */
    List<EvidenceFile> files(List<ExemptionPast> exemptions) {
        List<EvidenceFile> files = new ArrayList<>(chains);
        Sheet acts = actions.sheet();
        files.add(acts.csv("actions.csv"));
        files.add(acts.jsonLines("actions.jsonl"));
        files.add(exceptions.sheet(exemptions).csv("exceptions.csv"));
        files.add(notices.csv("notices.csv"));
        files.add(decisions.csv("decisions.csv"));
        if (trail != null) {
            files.add(actions.against(trail).csv("trail.csv"));
        }
        return files;
    }
}

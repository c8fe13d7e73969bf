package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.explain.NextNotice;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Silence;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Foretells what the owner of a user's keys is told next, with the journal's memory of what was said before. */
public final class NextNoticeJob {
    private final Settings configured;
    private final Map<String, String> environment;

    public NextNoticeJob(Settings configured, Map<String, String> environment) {
        this.configured = configured;
        this.environment = Map.copyOf(environment);
    }

    /** What a channel called the message that another one follows. */
    public interface Threads {
        /** Null where it is the first. */
        @Nullable
        String of(String channel);
    }

    /**
     * What is said next.
     *
     * @param at when it is due; the instant of the story where it is due now
     * @param notices one a key, in the plan's order; empty where nobody is known to own it
     */
    public record Foretold(Instant at, List<Notice> notices, Threads threads) {
        public Foretold {
            notices = List.copyOf(notices);
        }
    }

    /**
     * Foretells it.
     *
     * @param key the one key it is asked of; null for all of the user
     * @param uses where the user's keys are used from, as far as that was asked
     * @return empty where nothing is in sight
     */
    public Optional<Foretold> of(UserStory story, @Nullable KeyId key, Map<KeyId, Fact<KeyUses>> uses)
            throws StoreFailure {
        Optional<JournalStore> journal = Stores.openIfThere(configured, environment);
        try {
            Settings settings = Lowered.by(journal, configured);
            History past = journal.isEmpty() ? History.NONE : past(journal.get(), settings, story);
            return NextNotice.of(settings.rules(), past, story, key)
                    .map(next -> foretold(settings, story, next, past, uses));
        } finally {
            journal.ifPresent(JournalStore::close);
        }
    }

    private static AccountPast past(JournalStore journal, Settings settings, UserStory story) throws StoreFailure {
        return new JournalMemory(journal, Voice.enough(settings.acting().channels()))
                .of(story.account().id());
    }

    private static Foretold foretold(
            Settings settings, UserStory story, NextNotice next, History past, Map<KeyId, Fact<KeyUses>> uses) {
        Assessor assessor = story.assessor(settings.rules());
        List<Notice> notices = new ArrayList<>();
        for (NextNotice.Said said : next.said()) {
            List<Owner> chain = Silence.since(
                            assessor.escalation(), said.finding(), said.remind().announced(), past, next.at())
                    .map(since -> assessor.owners(story.user(), since, next.at()))
                    .orElseGet(() -> assessor.owners(story.user(), next.at()));
            if (!chain.isEmpty() && said.remind().owner() != null) {
                KeyId id = said.finding().credential().keyId();
                Notice notice = new Notice(
                        "preview-" + notices.size(),
                        story.account(),
                        story.user(),
                        said.finding(),
                        chain.getFirst(),
                        said.remind().announced());
                notices.add(id == null ? notice : notice.from(uses.getOrDefault(id, Fact.notRead())));
            }
        }
        return new Foretold(next.at(), notices, channel -> thread(notices, past, channel));
    }

    /** A message about several keys follows an earlier one only where that was about all of them. */
    private static @Nullable String thread(List<Notice> notices, History past, String channel) {
        if (!(past instanceof AccountPast journal) || notices.isEmpty()) {
            return null;
        }
        List<String> threads = new ArrayList<>();
        for (Notice notice : notices) {
            String thread = journal.thread(
                    notice.finding().credential(), channel, notice.owner().name());
            threads.add(thread == null ? "" : thread);
        }
        String first = threads.getFirst();
        return !first.isEmpty() && threads.stream().allMatch(first::equals) ? first : null;
    }
}

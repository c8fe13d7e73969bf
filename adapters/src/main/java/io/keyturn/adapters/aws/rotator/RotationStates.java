package io.keyturn.adapters.aws.rotator;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.User;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells how far rotations have come, from what was read of the users: pure. */
final class RotationStates {
    /** As the tool reads it, which takes 2026-1-5 too. */
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-M-d", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final RotatorTags names;

    RotationStates(RotatorTags names) {
        this.names = names;
    }

    /** How far the user's rotation has come. Users whose tags are not known, or name no owner, are none of its business. */
    RotationState of(User user) {
        if (!(user.tags() instanceof Fact.Known<Map<String, String>>(Map<String, String> tags, var at))
                || tags.getOrDefault(names.email(), "").isBlank()) {
            return new RotationState.None();
        }
        if (tags.keySet().stream().noneMatch(tag -> tag.equals(RotatorTags.MARK) || tag.equals(names.date()))) {
            return new RotationState.None();
        }
        if (!(user.keys() instanceof Fact.Known<List<AccessKey>>(List<AccessKey> keys, var asOf))
                || keys.stream().anyMatch(key -> key.id() == null)) {
            return new RotationState.Unreadable("its keys could not be read");
        }
        String written = tags.get(RotatorTags.MARK);
        Optional<Mark> mark = written == null ? Optional.empty() : Mark.parse(written);
        if (written != null && mark.isEmpty()) {
            return new RotationState.Unreadable("its tag " + RotatorTags.MARK + " says \"" + written
                    + "\", which Keyturn did not write; correct it, or take it away");
        }
        return mark.isPresent() && mark.get().step() != Mark.Step.UNTOLD
                ? marked(mark.get(), tags, keys)
                : dated(tags, keys, mark.isEmpty());
    }

    private RotationState marked(Mark mark, Map<String, String> tags, List<AccessKey> keys) {
        AccessKey made = find(keys, mark.made());
        return switch (mark.step()) {
            case MAKING -> new RotationState.Making(mark);
            case LOST ->
                made == null
                        ? over(tags, "the key whose secret was lost is gone")
                        : made.active() ? new RotationState.Lost(mark) : new RotationState.LostAndOff(mark);
            case OFF ->
                made == null
                        ? over(tags, "the key whose secret was lost is gone")
                        : new RotationState.LostAndNoted(mark);
            case UNTOLD -> throw new IllegalStateException("what was not told is in the tool's own tags");
        };
    }

    private RotationState dated(Map<String, String> tags, List<AccessKey> keys, boolean told) {
        String written = tags.get(names.date());
        if (written == null) {
            return over(tags, "the tag " + names.date() + " is gone");
        }
        LocalDate day;
        try {
            day = LocalDate.parse(written.strip(), DAY);
        } catch (DateTimeException e) {
            return new RotationState.Unreadable("its tag " + names.date() + " says \"" + written
                    + "\", which is no day such as 2026-11-21; correct it, or take it away");
        }
        String id = tags.getOrDefault(names.oldKey(), "").strip();
        AccessKey old = keys.stream()
                .filter(key -> key.id() != null && key.id().value().equals(id))
                .findFirst()
                .orElse(null);
        if (old == null || old.id() == null) {
            return over(
                    tags,
                    id.isEmpty()
                            ? "the tag " + names.oldKey() + " is missing"
                            : "the old key is not among the user's any more");
        }
        if (keys.size() != 2) {
            return over(tags, "there should be two keys, and there " + (keys.size() == 1 ? "is one" : "are more"));
        }
        AccessKey fresh = keys.get(keys.getFirst() == old ? 1 : 0);
        if (!old.active()) {
            return new RotationState.CoolDown(day, old.id(), fresh, told);
        }
        return fresh.active()
                ? new RotationState.Grace(day, old.id(), fresh, told)
                : over(tags, "the new key is switched off, and the old one is not");
    }

    private RotationState over(Map<String, String> tags, String why) {
        Set<String> there = new LinkedHashSet<>();
        Stream.of(names.date(), names.oldKey(), RotatorTags.MARK)
                .filter(tags::containsKey)
                .forEach(there::add);
        return new RotationState.Over(there, why);
    }

    private static @Nullable AccessKey find(List<AccessKey> keys, KeyId id) {
        return keys.stream().filter(key -> id.equals(key.id())).findFirst().orElse(null);
    }
}

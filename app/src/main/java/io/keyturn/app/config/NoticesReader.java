package io.keyturn.app.config;

import io.keyturn.app.words.BadTemplate;
import io.keyturn.app.words.Manner;
import io.keyturn.app.words.MessageWriter;
import io.keyturn.app.words.Samples;
import io.keyturn.core.assess.Owner;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.SecretReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads {@code notices}: how people are spoken to. Templates of the organization's own are tried with samples. */
final class NoticesReader {
    private static final List<String> KEYS = List.of(
            "zone",
            "zone-tag",
            "team",
            "guide",
            "templates",
            "style",
            "per",
            "link",
            "within",
            EvidenceReader.USES,
            EvidenceReader.NETWORKS,
            EvidenceReader.IDENTITY_CENTER);
    private static final String ZONE = "write for example Europe/Berlin";
    static final Pattern ADDRESS = Pattern.compile("https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[^\\s\"<>]*)?");
    private static final Pattern SERVER = Pattern.compile("https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/?");
    /** A day like any other: the samples are made up, and so is theirs. */
    private static final Instant DAY = Instant.parse("2026-11-23T08:00:00Z");

    private NoticesReader() {}

    /** @param trustedDomains mail domains whose addresses may learn where a secret lies */
    static Manner read(Fields top, List<String> trustedDomains, SecretReader secrets) {
        Manner base = Manner.DEFAULT;
        Manner untold = new Manner(null, base.zone(), base.team(), null, trustedDomains);
        return top.mapping("notices", KEYS)
                .map(f -> read(f, base, trustedDomains, secrets))
                .orElse(untold);
    }

    private static Manner read(Fields f, Manner base, List<String> trustedDomains, SecretReader secrets) {
        String team = f.text("team", "write whom people ask, such as \"#cloud-security\"");
        f.text("zone-tag", "write the name of a tag, such as TimeZone");
        String guide = f.text("guide", ADDRESS, "is not an https address", "write where your people read about keys");
        Manner manner = new Manner(
                templates(f),
                zone(f, base.zone()),
                team == null ? base.team() : team,
                guide == null ? null : URI.create(guide),
                f.word("style", List.of(Manner.Style.values()), Manner.Style::label, base.style()),
                trustedDomains,
                f.word("per", List.of("owner", "key"), word -> word, "owner").equals("key"),
                f.mapping("link", List.of("url", "secret", "valid"))
                        .map(at -> link(at, secrets))
                        .orElse(null),
                ActWindowReader.hours(f, "within").orElse(null),
                true,
                EvidenceReader.read(f),
                Set.of());
        if (manner.templates() != null) {
            tryOut(f, manner);
        }
        return manner;
    }

    private static Manner.@Nullable Link link(Fields f, SecretReader secrets) {
        f.require("name the address that people open, and what seals the links", "url", "secret");
        String url = f.text(
                "url", SERVER, "is not the https address of a server", "write what `keyturn serve` has as --url");
        SecretReference secret = secrets.reference(f, "secret");
        Duration valid = f.duration("valid", Manner.Link.USUAL);
        if (valid.isZero()) {
            f.bad("valid", "lets a link open nothing", "write for example 30d");
        }
        return url == null || secret == null ? null : new Manner.Link(URI.create(url), secret, valid);
    }

    /** The tag that says an owner's time zone, as the rules are read before people are spoken to; null where none is named. */
    static @Nullable String zoneTag(Fields top) {
        return top.has("notices") && top.node("notices") instanceof MappingNode notices
                ? notices.getValue().stream()
                        .filter(one ->
                                Fields.text(one.getKeyNode()).equals("zone-tag") && Fields.isText(one.getValueNode()))
                        .map(one -> Fields.text(one.getValueNode()))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private static ZoneId zone(Fields f, ZoneId base) {
        String zone = f.text("zone", ZONE);
        try {
            return zone == null ? base : ZoneId.of(zone);
        } catch (DateTimeException e) {
            f.bad("zone", "is not a time zone", ZONE);
            return base;
        }
    }

    private static @Nullable Path templates(Fields f) {
        String folder = f.text("templates", "write the path of a folder");
        if (folder == null) {
            return null;
        }
        try {
            Path path = f.tree.folder.resolve(folder);
            if (Files.isDirectory(path)) {
                return path;
            }
            f.bad("templates", "is not a folder", "make it, with templates such as rotate.peb in it");
        } catch (InvalidPathException e) {
            f.bad("templates", "is not a path: " + e.getReason(), "write the path of a folder");
        }
        return null;
    }

    private static void tryOut(Fields f, Manner manner) {
        MessageWriter writer = new MessageWriter(manner, InstantSource.fixed(DAY));
        Owner owner = new Owner("b.khan@example.com", "tag Email");
        writer.badWords().forEach(bad -> add(f, manner, bad));
        for (Notice sample : new Samples(owner, DAY).everything()) {
            try {
                writer.message(sample.id(), owner, List.of(sample));
            } catch (BadTemplate bad) {
                add(f, manner, bad);
            }
        }
    }

    private static void add(Fields f, Manner manner, BadTemplate bad) {
        ConfigProblem problem = new ConfigProblem(
                String.valueOf(manner.templates()) + "/" + bad.template(),
                bad.line(),
                bad.line() == 0 ? 0 : 1,
                "",
                bad.what(),
                "",
                "see what Keyturn's own templates hold with: keyturn notify templates");
        if (!f.tree.problems.contains(problem)) {
            f.tree.problems.add(problem);
        }
    }
}

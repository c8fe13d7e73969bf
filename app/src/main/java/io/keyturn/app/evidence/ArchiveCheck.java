package io.keyturn.app.evidence;

import io.keyturn.app.config.FileFault;
import io.keyturn.app.render.Safe;
import io.keyturn.engine.journal.ExportedChain;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.StoreFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Checks an archive by nothing but itself: its manifest, every file, and every chain of the journal. */
public final class ArchiveCheck {
    /** No manifest of ours is nearly as long. */
    private static final int LONGEST_MANIFEST = 64 << 20;

    /** Neither is any signature or key. */
    private static final int LONGEST_SIGNATURE = 1 << 16;

    private final ZipFile zip;
    private final List<String> differences = new ArrayList<>();

    private ArchiveCheck(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * What was found.
     *
     * @param about the days it is of, when it was made and by what
     * @param manifest SHA-256 of the manifest, in hexadecimal
     * @param files how many files it lists
     * @param chains how many chains it holds
     * @param missing what its maker could not put into it, a sentence each
     * @param signed who signed it; empty where nobody did, or the signature does not hold
     * @param differences what is not as the manifest says, a sentence each; none where all is
     */
    public record Found(
            String about,
            String manifest,
            int files,
            int chains,
            List<String> missing,
            String signed,
            List<String> differences) {
        public Found {
            missing = List.copyOf(missing);
            differences = List.copyOf(differences);
        }
    }

    /** It is no archive that can be checked; the message is a sentence for people. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(Path file, String why, String advice) {
            super("could not check " + file + ": " + why + "; " + advice);
        }
    }

    /**
     * Checks the archive in that file.
     *
     * @param signer the key that should have signed it, had by another way; null where none was
     */
    public static Found check(Path file, @Nullable PublicKey signer) throws Unusable {
        if (!Files.isRegularFile(file)) {
            String why = Files.exists(file) ? "it is no file" : "there is no such file";
            throw new Unusable(file, why, "name the archive that was handed to you");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new ArchiveCheck(zip).found(signer);
        } catch (ZipException e) {
            throw new Unusable(file, "it is no whole zip archive (" + e.getMessage() + ")", "ask for it again");
        } catch (Manifest.Unreadable e) {
            throw new Unusable(file, "its " + Manifest.NAME + " cannot be used: " + e.getMessage(), "ask for it again");
        } catch (IOException | IllegalArgumentException e) {
            String why = e instanceof IOException io ? FileFault.why(io) : String.valueOf(e.getMessage());
            throw new Unusable(file, "it cannot be read (" + why + ")", "ask for it again");
        }
    }

    private Found found(@Nullable PublicKey signer) throws IOException, Manifest.Unreadable {
        byte[] json = manifestBytes();
        Manifest manifest = Manifest.read(json);
        Map<String, Integer> there = names();
        new TreeMap<>(manifest.files()).forEach((name, listed) -> listed(name, listed, there.getOrDefault(name, 0)));
        there.forEach((name, count) -> {
            if (!manifest.files().containsKey(name) && !beside(name, json)) {
                differences.add(name + ": was added, the manifest does not name it");
            }
        });
        if (there.getOrDefault(Manifest.NAME, 0) > 1) {
            differences.add(Manifest.NAME + ": is there more than once");
        }
        for (Map.Entry<String, Head> chain : new TreeMap<>(manifest.heads()).entrySet()) {
            follow(chain.getKey(), chain.getValue(), there);
        }
        SignatureCheck signature = SignatureCheck.of(
                Manifest.signature(json), json, small(ManifestSignature.NAME), small(ManifestSignature.KEY), signer);
        if (!signature.difference().isEmpty()) {
            differences.add(Manifest.NAME + ": " + Safe.text(signature.difference()));
        }
        String about = manifest.from() + " to " + manifest.to() + ", made " + manifest.made() + " by Keyturn "
                + manifest.version();
        return new Found(
                about,
                Hashes.of(json),
                manifest.files().size(),
                manifest.heads().size(),
                manifest.missing(),
                signature.signed(),
                differences);
    }

    /** The manifest itself, and its signature where it says that it has one: no manifest can name the hash of these. */
    private static boolean beside(String name, byte[] manifest) {
        boolean signature = name.equals(ManifestSignature.NAME) || name.equals(ManifestSignature.KEY);
        return name.equals(Manifest.NAME)
                || signature && Manifest.signature(manifest).isObject();
    }

    private byte @Nullable [] small(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return null;
        }
        try (InputStream bytes = zip.getInputStream(entry)) {
            return bytes.readNBytes(LONGEST_SIGNATURE);
        }
    }

    private byte[] manifestBytes() throws IOException, Manifest.Unreadable {
        ZipEntry entry = zip.getEntry(Manifest.NAME);
        if (entry == null) {
            throw new Manifest.Unreadable("it is not there");
        }
        try (InputStream bytes = zip.getInputStream(entry)) {
            byte[] json = bytes.readNBytes(LONGEST_MANIFEST);
            if (json.length == LONGEST_MANIFEST) {
                throw new Manifest.Unreadable("it is longer than any manifest");
            }
            return json;
        }
    }

    /** How often each name stands in the archive: a name that stands twice could show one file and hold another. */
    private Map<String, Integer> names() {
        Map<String, Integer> names = new TreeMap<>();
        zip.stream().forEach(entry -> names.merge(entry.getName(), 1, Integer::sum));
        return names;
    }

    private void listed(String name, Manifest.Listed listed, int times) {
        if (times != 1) {
            differences.add(name + (times == 0 ? ": is missing" : ": is there more than once"));
            return;
        }
        try (InputStream bytes = zip.getInputStream(zip.getEntry(name))) {
            String hash = Hashes.of(bytes, listed.bytes());
            if (!hash.equals(listed.sha256())) {
                differences.add(
                        name + ": was changed, its SHA-256 is " + hash + " and the manifest says " + listed.sha256());
            }
        } catch (IOException e) {
            differences.add(name + ": cannot be read (" + e.getMessage() + ")");
        }
    }

    private void follow(String stream, Head head, Map<String, Integer> there) {
        String name = JournalEvidence.chainFile(stream);
        if (!there.containsKey(name)) {
            return;
        }
        ExportedChain chain = new ExportedChain(stream, zip.getName());
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(zip.getInputStream(zip.getEntry(name)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                chain.follow(line);
            }
            if (!chain.head().equals(head)) {
                differences.add(
                        name + ": the chain ends at line " + chain.head().sequence() + " with "
                                + chain.head().hash() + ", and the manifest says line " + head.sequence() + " with "
                                + head.hash());
            }
        } catch (StoreFailure e) {
            differences.add(name + ": the chain breaks, could not "
                    + e.problem().tried() + ": " + Safe.text(e.problem().why()));
        } catch (IOException e) {
            differences.add(name + ": the chain cannot be followed (" + e.getMessage() + ")");
        }
    }
}

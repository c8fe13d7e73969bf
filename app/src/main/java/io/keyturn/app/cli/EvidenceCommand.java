package io.keyturn.app.cli;

import io.keyturn.app.config.FileFault;
import io.keyturn.app.evidence.ArchiveCheck;
import io.keyturn.app.evidence.Evidence;
import io.keyturn.app.evidence.EvidenceArchive;
import io.keyturn.app.evidence.ManifestSignature;
import io.keyturn.app.evidence.PublicKeyFile;
import io.keyturn.app.evidence.Span;
import io.keyturn.app.render.Safe;
import io.keyturn.app.wiring.EvidenceJob;
import io.keyturn.app.wiring.Signing;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes one archive that an auditor can check alone, and checks one. */
@Command(
        name = "evidence",
        description = {
            "Put together what an auditor asks for, as one archive that can be checked alone: every account read now with"
                    + " AWS's own reports, keys by day, exceptions, every act with notice, approval and outcome, and the"
                    + " journal that proves it.",
            "Its README.txt explains each file, and its manifest says what is missing. Nothing is changed and nobody is told."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn evidence --from 2026-07-01 --to 2026-09-30 --out evidence-2026-q3.zip",
            "  keyturn evidence verify evidence-2026-q3.zip",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 some accounts or the journal could not be read, or the archive"
                    + " could not be written."
        })
final class EvidenceCommand implements Callable<Integer> {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Option(names = "--from", paramLabel = "DAY", description = "The first day, UTC, such as 2026-07-01.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "The last day, UTC; today is possible.")
    private @Nullable LocalDate to;

    @Option(names = "--out", paramLabel = "FILE", description = "The archive to write, such as evidence.zip.")
    private @Nullable Path out;

    @Option(
            names = "--sign-with",
            paramLabel = "ARN",
            description =
                    "Have the manifest signed by this asymmetric key of AWS KMS, with the credentials of this process.")
    private @Nullable String signWith;

    @Override
    public Integer call() throws StoreFailure {
        InstantSource clock = InstantSource.system();
        Path file = out;
        LocalDate first = from;
        LocalDate last = to;
        if (first == null || last == null || file == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "evidence is of a time and goes to a file: name --from DAY, --to DAY and --out FILE, or verify one"
                            + " with `keyturn evidence verify FILE`");
        }
        Span span = span(first, last, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        refuse(file);
        PrintWriter errors = spec.commandLine().getErr();
        try (Ground ground = source.ground(keyturn.environment, errors);
                Signing signing = signing(ground)) {
            ManifestSignature signature = signing.signature().orElse(null);
            EvidenceJob job = new EvidenceJob(ground.settings(), ground.environment(), clock);
            return new Runs(keyturn.environment, spec.commandLine()).watched(job.meter(), progress -> {
                Evidence evidence = job.run(span, Keyturn.Version.text());
                progress.close();
                return write(evidence, signature, file);
            });
        }
    }

    /** Before anything is read, too. */
    private Signing signing(Ground ground) {
        try {
            return Signing.open(signWith, ground.environment());
        } catch (IllegalArgumentException | ReadFailure e) {
            throw new BadConfiguration(e.getMessage() + "; nothing was written");
        }
    }

    private Span span(LocalDate first, LocalDate last, LocalDate today) {
        if (last.isAfter(today)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--to " + last + " has not come yet; the last day there can be is " + today);
        }
        if (last.isBefore(first)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--from " + first + " is after --to " + last + "; exchange them");
        }
        return new Span(first, last);
    }

    /** Before anything is read: nobody wants to wait for it. */
    private static void refuse(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        String why = Files.exists(file)
                ? "it is there already; name another file, or move that one away"
                : folder == null || !Files.isDirectory(folder)
                        ? "there is no folder " + folder + "; make it, or name another file"
                        : "";
        if (!why.isEmpty()) {
            throw new BadConfiguration("could not write the evidence to " + file + ": " + why);
        }
    }

    private int write(Evidence evidence, @Nullable ManifestSignature signature, Path file) {
        PrintWriter errors = spec.commandLine().getErr();
        Evidence.Files files;
        try {
            files = signature == null ? evidence.files() : evidence.files(signature);
        } catch (ReadFailure e) {
            errors.println("keyturn: " + Safe.text(e.problem().sentence()) + "; nothing was written");
            return Keyturn.NOT_READ;
        }
        // In the same folder, or the move would not be one step.
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (OutputStream bytes = Files.newOutputStream(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                EvidenceArchive.write(files.all(), bytes);
            } catch (IOException e) {
                Files.deleteIfExists(fresh);
                throw e;
            }
            Files.move(fresh, file);
        } catch (IOException e) {
            errors.println("keyturn: could not write the evidence to " + Safe.text(file.toString()) + ": "
                    + FileFault.why(e) + "; nothing of it is left: free some space, or name another file");
            return Keyturn.NOT_READ;
        }
        PrintWriter said = spec.commandLine().getOut();
        said.println("wrote " + file + ": evidence of " + evidence.span().from() + " to "
                + evidence.span().to() + ", " + files.all().size() + " files");
        said.println("the SHA-256 of its manifest is " + files.manifest().sha256());
        said.println("hand that to the receiver by another way than the archive");
        if (signature != null) {
            said.println("it is signed: the receiver has the key from AWS, and passes it on with --key");
        }
        said.flush();
        files.missing().forEach(sentence -> errors.println("keyturn: missing: " + Safe.text(sentence)));
        return evidence.population().whole() ? 0 : Keyturn.NOT_READ;
    }

    private static PublicKey key(Path file) {
        try {
            return PublicKeyFile.read(Files.readAllBytes(file))
                    .orElseThrow(() -> new BadConfiguration("could not use the key in " + file
                            + ": it is no public key EC or RSA; have it from AWS with `aws kms get-public-key --key-id ARN"
                            + " --query PublicKey --output text`"));
        } catch (IOException e) {
            throw new BadConfiguration("could not read the key in " + file + ": " + FileFault.why(e)
                    + "; name the file that AWS's public key was written to");
        }
    }

    /** Checks an archive. */
    @Command(
            name = "verify",
            description = {
                "Check an archive by nothing but itself: every file against the manifest, and every chain of the journal"
                        + " from its first line to its last.",
                "With --manifest also that it is the one that was made: whoever can change a file can write a new manifest."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  keyturn evidence verify evidence-2026-q3.zip",
                "  keyturn evidence verify --key auditor.pem evidence-2026-q3.zip",
                "",
                "Exit codes: 0 all holds, 2 usage, 3 something differs, which is named, or it cannot be read."
            })
    int verify(
            @Parameters(paramLabel = "FILE", description = "The archive.") Path file,
            @Option(
                            names = "--manifest",
                            paramLabel = "SHA256",
                            description = "The hash of the manifest, as its maker was shown it.")
                    @Nullable
                    String expected,
            @Option(
                            names = "--key",
                            paramLabel = "FILE",
                            description =
                                    "The public key that must have signed it, as AWS gives it: PEM, base64 or DER.")
                    @Nullable
                    Path key) {
        PrintWriter said = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        ArchiveCheck.Found found;
        try {
            found = ArchiveCheck.check(file, key == null ? null : key(key));
        } catch (ArchiveCheck.Unusable e) {
            errors.println("keyturn: " + Safe.text(String.valueOf(e.getMessage())));
            return Keyturn.NOT_READ;
        }
        said.println("evidence of " + Safe.text(found.about()));
        found.missing().forEach(sentence -> said.println("missing: " + Safe.text(sentence)));
        found.differences().forEach(sentence -> said.println("differs: " + Safe.text(sentence)));
        boolean same =
                expected == null || expected.strip().toLowerCase(Locale.ROOT).equals(found.manifest());
        if (!same) {
            said.println("differs: manifest.json: it is not the one that was made, its SHA-256 is " + found.manifest());
        }
        if (!found.signed().isEmpty()) {
            said.println(Safe.text(found.signed()));
        }
        boolean holds = found.differences().isEmpty() && same;
        if (holds) {
            said.println(found.files() + " files are as the manifest says, and " + found.chains()
                    + (found.chains() == 1 ? " chain of the journal holds" : " chains of the journal hold"));
        }
        if (expected == null && key == null) {
            said.println("the SHA-256 of its manifest is " + found.manifest()
                    + ": ask its maker whether that is the one they were shown");
        }
        said.flush();
        return holds ? 0 : Keyturn.NOT_READ;
    }
}

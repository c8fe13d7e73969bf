package io.keyturn.app.evidence;

import io.keyturn.app.config.Fingerprint;
import io.keyturn.app.config.Settings;
import io.keyturn.engine.port.ReadFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that an auditor is given.
 *
 * @param span the days it is of
 * @param made when it was put together
 * @param version of this Keyturn
 * @param settings the configuration as it stands now
 * @param population what was read now
 * @param journal what was done, said and decided; without a journal, nothing
 * @param runs what earlier runs counted; null where no run left anything
 * @param lacking what else is missing, a sentence each
 */
public record Evidence(
        Span span,
        Instant made,
        String version,
        Settings settings,
        Population population,
        JournalEvidence journal,
        @Nullable RunSheets runs,
        List<String> lacking) {
    public Evidence {
        lacking = List.copyOf(lacking);
    }

    /**
     * The files of the archive.
     *
     * @param manifest the one that lists all others
     * @param missing what is not in them and should be
     */
    public record Files(List<EvidenceFile> all, EvidenceFile manifest, List<String> missing) {
        public Files {
            all = List.copyOf(all);
            missing = List.copyOf(missing);
        }
    }

    /** Puts it together; nobody signs it. */
    public Files files() {
        return gathered(null);
    }

    /** Puts it together and has it signed. */
    public Files files(ManifestSignature signature) throws ReadFailure {
        Files files = gathered(signature);
        List<EvidenceFile> all = new ArrayList<>(files.all());
        all.addAll(signature.over(files.manifest()));
        return new Files(all, files.manifest(), files.missing());
    }

    private Files gathered(@Nullable ManifestSignature signature) {
        EvidenceFile inForce = EvidenceFile.of("configuration.json", Fingerprint.text(settings));
        List<EvidenceFile> files = new ArrayList<>(population.files());
        files.addAll(journal.files(exempted()));
        if (runs != null) {
            files.addAll(runs.files());
        }
        files.add(inForce);
        List<String> missing = new ArrayList<>(lacking);
        missing.addAll(population.missing());
        missing.addAll(journal.violations());
        if (runs != null) {
            missing.addAll(runs.missing());
        }
        files.add(ReadMe.file(span, made, version, missing));
        EvidenceFile manifest = manifest(files, missing, inForce, signature);
        files.add(manifest);
        return new Files(files, manifest, missing);
    }

    /** As runs saw them, the configuration of now being what the last one sees. */
    private List<ExemptionPast> exempted() {
        return ExemptionPast.of(
                runs == null ? List.of() : runs.grounded(), settings.rules().exemptions());
    }

    private EvidenceFile manifest(
            List<EvidenceFile> files,
            List<String> missing,
            EvidenceFile inForce,
            @Nullable ManifestSignature signature) {
        Map<String, Manifest.Listed> listed = new TreeMap<>();
        files.forEach(file -> listed.put(file.name(), new Manifest.Listed(file.bytes(), file.sha256())));
        return new Manifest(
                        span.from().toString(),
                        span.to().toString(),
                        made.toString(),
                        version,
                        listed,
                        journal.heads(),
                        missing)
                .file(top -> {
                    population.tell(top.putObject("population"));
                    ObjectNode rules = top.putObject("configuration");
                    rules.put("asOf", made.toString());
                    rules.put("sha256", inForce.sha256());
                    rules.put("policyHash", Fingerprint.of(settings));
                    if (signature != null) {
                        signature.tell(top.putObject("signature"));
                    }
                });
    }
}

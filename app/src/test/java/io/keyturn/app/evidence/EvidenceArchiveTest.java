package io.keyturn.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvidenceArchiveTest {
    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void back() {
        TimeZone.setDefault(zone);
    }

    private static byte[] archive(EvidenceFile... files) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EvidenceArchive.write(List.of(files), bytes);
        return bytes.toByteArray();
    }

    @Test
    void the_same_files_give_the_same_bytes_in_any_order_and_any_zone() throws Exception {
        EvidenceFile one = EvidenceFile.of("a.csv", "day,keys\n");
        EvidenceFile other = EvidenceFile.of("reports/b.csv", "ünïcode\n".repeat(1_000));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
        byte[] there = archive(one, other);
        TimeZone.setDefault(TimeZone.getTimeZone("America/Lima"));

        assertThat(archive(other, one)).isEqualTo(there);
    }

    @Test
    void a_file_knows_its_length_and_its_hash() {
        EvidenceFile file = EvidenceFile.of("a.txt", "abc");

        assertThat(file.bytes()).isEqualTo(3);
        assertThat(file.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}

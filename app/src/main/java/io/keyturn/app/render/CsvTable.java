package io.keyturn.app.render;

import java.io.Writer;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** Rows of CSV in which no text of others is a formula. */
public final class CsvTable implements AutoCloseable {
    private final SequenceWriter rows;

    /** @param out is not closed with the table */
    public CsvTable(Writer out, List<String> head) {
        CsvMapper mapper = CsvMapper.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT, StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        rows = mapper.writer(CsvSchema.emptySchema()).writeValues(out);
        rows.write(head);
    }

    /** Writes a row. */
    public void row(Collection<String> cells) {
        rows.write(cells.stream().map(CsvTable::harmless).toList());
    }

    /** A cell that a spreadsheet would take for a formula is made text. */
    static String harmless(String cell) {
        return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    @Override
    public void close() {
        rows.close();
    }
}

package io.keyturn.app.render;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * JSON with a line for each finding, action and account: a quarter of a million of them are found by {@code grep}, and
 * compared by {@code diff}, while indenting all they hold would double what is written.
 */
final class OnePerLine {
    private OnePerLine() {}

    /** A printer for one document; it keeps the depth, so it is not shared. */
    static DefaultPrettyPrinter printer() {
        Separators separators = Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                .withObjectEntrySpacing(Separators.Spacing.NONE)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        return new DefaultPrettyPrinter(separators)
                .withObjectIndenter(new Lines(1))
                .withArrayIndenter(new Lines(2));
    }

    /** New lines down to a depth, which is 1 for what the document itself holds and 2 for the elements of its lists. */
    private static final class Lines extends DefaultIndenter {
        private static final long serialVersionUID = 1L;

        private final int deepest;

        Lines(int deepest) {
            super("  ", "\n");
            this.deepest = deepest;
        }

        @Override
        public void writeIndentation(JsonGenerator json, int level) {
            if (level <= deepest) {
                super.writeIndentation(json, level);
            }
        }
    }
}

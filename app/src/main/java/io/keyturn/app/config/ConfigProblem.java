package io.keyturn.app.config;

/**
 * Something wrong in a configuration file.
 *
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1
 * @param path of the key, such as {@code policies[0].age.warn}; may be empty
 * @param what is wrong
 * @param read the text found; may be empty
 * @param right what would be right
 */
public record ConfigProblem(String file, int line, int column, String path, String what, String read, String right) {
    private static final int LONGEST = 300;

    public ConfigProblem {
        what = shortened(what);
        read = shortened(read);
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** All of it in one line. */
    public String sentence() {
        String where = line > 0 ? file + ":" + line + ":" + column : file;
        String at = path.isEmpty() ? "" : path + ": ";
        String found = read.isEmpty() ? "" : '"' + read + "\" ";
        return where + ": " + at + found + what + (right.isEmpty() ? "" : "; " + right);
    }
}

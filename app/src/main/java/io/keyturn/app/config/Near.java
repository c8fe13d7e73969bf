package io.keyturn.app.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the key somebody probably meant. */
final class Near {
    private Near() {}

    static @Nullable String to(String word, List<String> known) {
        String best = null;
        int fewest = Math.max(2, word.length() / 3) + 1;
        for (String candidate : known) {
            int edits = edits(word, candidate);
            if (edits < fewest) {
                fewest = edits;
                best = candidate;
            }
        }
        return best;
    }

    private static int edits(String a, String b) {
        int[][] t = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    t[i][j] = i + j;
                } else {
                    int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                    t[i][j] = Math.min(t[i - 1][j - 1] + same, Math.min(t[i - 1][j], t[i][j - 1]) + 1);
                }
            }
        }
        return t[a.length()][b.length()];
    }
}

package io.keyturn.app.demo;

import java.time.LocalDate;
import java.util.List;

/**
 * What happened in the demo's days.
 *
 * @param account the account that was lived in
 * @param chapters one for each owner
 */
public record DemoTale(String account, int days, List<Chapter> chapters) {
    public DemoTale {
        chapters = List.copyOf(chapters);
    }

    /**
     * What one owner lived through.
     *
     * @param key the old key's last four characters
     * @param owner how the owner lives, a sentence
     */
    public record Chapter(String user, String key, String owner, List<Line> lines) {
        public Chapter {
            lines = List.copyOf(lines);
        }
    }

    /** One thing that happened. */
    public record Line(LocalDate day, What what, String words) {}

    /** What kind of thing it is. */
    public enum What {
        TOLD,
        ROTATED,
        DEACTIVATED,
        DELETED,
        /** Somebody did it, not Keyturn. */
        PERSON,
        FAULT,
        /** What is left in the end. */
        END
    }
}

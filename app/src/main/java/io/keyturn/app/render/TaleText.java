package io.keyturn.app.render;

import io.keyturn.app.demo.DemoTale;
import io.keyturn.app.demo.DemoTale.Chapter;
import io.keyturn.app.demo.DemoTale.Line;
import io.keyturn.app.demo.DemoTale.What;
import java.io.PrintWriter;
import java.time.LocalDate;

/** The demo's days on a screen: a paragraph for each owner, a line for each thing that happened. */
public final class TaleText {
    private static final int DATE = 10;
    private static final int WORDS = DATE + 4;

    private final PrintWriter out;
    private final Screen screen;
    private final Paint paint;

    public TaleText(PrintWriter out, Screen screen) {
        this.out = out;
        this.screen = screen;
        this.paint = new Paint(screen);
    }

    /** Prints the tale. */
    public void print(DemoTale tale) {
        out.println();
        wrapped(
                "",
                0,
                "If it were let: " + tale.days() + " days of the account " + tale.account()
                        + " on a clock wound forward, one run a day at the stage enforce.");
        tale.chapters().forEach(this::chapter);
    }

    private void chapter(Chapter chapter) {
        out.println();
        wrapped("", 0, paint.safe(chapter.user()) + paint.dot() + chapter.key() + ", whose owner " + chapter.owner());
        LocalDate last = null;
        for (Line line : chapter.lines()) {
            String day = line.day().equals(last) ? " ".repeat(DATE) : line.day().toString();
            last = line.day();
            wrapped(day + "  " + mark(line.what()) + " ", WORDS, line.words());
        }
    }

    private void wrapped(String first, int indent, String text) {
        Wrapped.lines(first, indent, text, screen.width()).forEach(out::println);
    }

    private String mark(What what) {
        return switch (what) {
            case TOLD -> paint.either("○", "o");
            case ROTATED -> paint.either("◐", "%");
            case DEACTIVATED -> paint.either("‖", "=");
            case DELETED -> paint.either("×", "x");
            case PERSON -> paint.either("»", ">");
            case FAULT -> "!";
            case END -> " ";
        };
    }
}

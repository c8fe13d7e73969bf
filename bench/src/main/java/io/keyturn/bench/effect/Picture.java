package io.keyturn.bench.effect;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Three small charts side by side, drawn without a library: a bar a tool, its number beside it. */
final class Picture {
    private static final int WIDTH = 960;
    private static final int ROW = 30;
    private static final int TOP = 64;
    private static final int LABEL = 190;
    private static final int PANEL = 250;
    private static final int BAR = 170;

    private Picture() {}

    private record Panel(String title, ToIntFunction<Tally> value) {}

    private static final List<Panel> PANELS = List.of(
            new Panel("key-days overdue", Tally::overdueDays),
            new Panel("lock-outs", tally -> tally.lockOuts),
            new Panel("messages in all", Tally::messages));

    static String of(Map<String, Tally> years) {
        int height = TOP + ROW * years.size() + 24;
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="t d" font-family="Inter, system-ui, sans-serif" font-size="13">
                <title id="t">A year of 200 people and machines under five tools</title>
                <desc id="d">The same numbers stand in the table of this page.</desc>
                <style>text{fill:#1a2129}.n{fill:#48525d}rect{fill:#858e97}.own{fill:#2a4d9e}@media(prefers-color-scheme:dark){text{fill:#e7ebee}.n{fill:#b3bcc4}.own{fill:#9db9f8}rect{fill:#6c7680}}</style>
                """.formatted(WIDTH, height));
        int row = 0;
        for (String name : years.keySet()) {
            svg.append("<text x=\"0\" y=\"%d\">%s</text>\n".formatted(TOP + row++ * ROW + 18, name));
        }
        for (int i = 0; i < PANELS.size(); i++) {
            panel(svg, PANELS.get(i), LABEL + i * (PANEL + 6), years);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void panel(StringBuilder svg, Panel panel, int x, Map<String, Tally> years) {
        svg.append("<text x=\"%d\" y=\"32\" font-weight=\"600\">%s</text>\n".formatted(x, panel.title()));
        int most = years.values().stream().mapToInt(panel.value()).max().orElse(1);
        int row = 0;
        for (Map.Entry<String, Tally> year : years.entrySet()) {
            int value = panel.value().applyAsInt(year.getValue());
            int y = TOP + row++ * ROW;
            int width = most == 0 ? 0 : Math.round((float) BAR * value / most);
            String own = year.getKey().startsWith("keyturn") ? " class=\"own\"" : "";
            svg.append("<rect%s x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" rx=\"2\"/>\n"
                    .formatted(own, x, y + 4, Math.max(width, value > 0 ? 2 : 0)));
            svg.append("<text class=\"n\" x=\"%d\" y=\"%d\">%,d</text>\n"
                    .formatted(x + Math.max(width, 0) + 6, y + 18, value));
        }
    }
}

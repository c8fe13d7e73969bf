package io.keyturn.app.words;

import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.parser.Parser;

/** Reads a line of little Markdown: strong, code and links; anything else is characters. */
final class Markup {
    private static final Parser PARSER =
            Parser.builder().enabledBlockTypes(Set.of()).build();

    /** What means something in Markdown; of what holds none of it every character is what it is. */
    private static final boolean[] MEANS_SOMETHING = new boolean[128];

    static {
        Arrays.fill(MEANS_SOMETHING, 0, ' ', true);
        "*_`[]!<>&\\\u007f".chars().forEach(c -> MEANS_SOMETHING[c] = true);
    }

    /** How many texts of templates are kept parsed, without their values. */
    private static final int KEPT = 512;

    private static final Map<String, Node> PARSED = new ConcurrentHashMap<>();

    private Markup() {}

    static Text text(String markdown) {
        String written = markdown.strip();
        if (!written.isEmpty() && !meansSomething(written)) {
            return Text.of(Shield.off(written));
        }
        Shield.Parted parted = Shield.part(written);
        Reader reader = new Reader(parted);
        parsed(parted.places()).accept(reader);
        return new Text(reader.spans());
    }

    private static boolean meansSomething(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < MEANS_SOMETHING.length && MEANS_SOMETHING[c]) {
                return true;
            }
            i = Shield.end(text, i);
        }
        return false;
    }

    /** The same text of a template comes with every message, with other values. */
    private static Node parsed(String places) {
        Node known = PARSED.get(places);
        if (known != null) {
            return known;
        }
        if (PARSED.size() >= KEPT) {
            PARSED.clear();
        }
        Node parsed = PARSER.parse(places);
        PARSED.put(places, parsed);
        return parsed;
    }

    /** Its characters alone. */
    static String plain(String markdown) {
        StringBuilder plain = new StringBuilder();
        text(markdown).spans().forEach(span -> plain.append(span.text()));
        return plain.toString();
    }

    private static final class Reader extends AbstractVisitor {
        private final Shield.Parted parted;
        private final List<Span> spans = new ArrayList<>();
        private final StringBuilder characters = new StringBuilder();
        private boolean strong;

        Reader(Shield.Parted parted) {
            this.parted = parted;
        }

        List<Span> spans() {
            end();
            return spans;
        }

        private void end() {
            if (!characters.isEmpty()) {
                String text = parted.whole(characters.toString());
                spans.add(strong ? new Span.Strong(text) : new Span.Plain(text));
                characters.setLength(0);
            }
        }

        @Override
        public void visit(org.commonmark.node.Text text) {
            characters.append(text.getLiteral());
        }

        @Override
        public void visit(HtmlInline html) {
            characters.append(html.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak lineBreak) {
            characters.append(' ');
        }

        @Override
        public void visit(HardLineBreak lineBreak) {
            characters.append(' ');
        }

        @Override
        public void visit(Code code) {
            end();
            spans.add(new Span.Code(parted.whole(code.getLiteral())));
        }

        @Override
        public void visit(StrongEmphasis emphasis) {
            end();
            strong = true;
            visitChildren(emphasis);
            end();
            strong = false;
        }

        @Override
        public void visit(Link link) {
            URI target = address(parted.whole(decoded(link.getDestination())));
            if (target == null) {
                visitChildren(link);
                return;
            }
            end();
            visitChildren(link);
            String text = parted.whole(characters.toString());
            characters.setLength(0);
            spans.add(new Span.Link(text, target));
        }

        /** A value in the address may have been written with per cents. */
        private static String decoded(String destination) {
            return java.net.URLDecoder.decode(destination.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        }

        @org.jspecify.annotations.Nullable
        private static URI address(String destination) {
            try {
                URI uri = new URI(destination);
                return "https".equals(uri.getScheme()) && uri.getHost() != null ? uri : null;
            } catch (URISyntaxException e) {
                return null;
            }
        }
    }
}

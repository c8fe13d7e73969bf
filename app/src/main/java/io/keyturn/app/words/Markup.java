package io.keyturn.app.words;

import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.parser.Parser;

/** Reads a line of little Markdown: strong, code and links; anything else is characters. */
final class Markup {
    private static final Parser PARSER =
            Parser.builder().enabledBlockTypes(Set.of()).build();

    private Markup() {}

    /** What no character of which means anything in Markdown is what it is, and need not be parsed. */
    private static final Pattern MEANS_SOMETHING = Pattern.compile("[*_`\\[\\]!<>&\\\\\\p{Cntrl}]");

    static Text text(String markdown) {
        String written = markdown.strip();
        if (!written.isEmpty() && !MEANS_SOMETHING.matcher(written).find()) {
            return Text.of(Shield.off(written));
        }
        Reader reader = new Reader();
        PARSER.parse(written).accept(reader);
        return new Text(reader.spans());
    }

    /** Its characters alone. */
    static String plain(String markdown) {
        StringBuilder plain = new StringBuilder();
        text(markdown).spans().forEach(span -> plain.append(span.text()));
        return plain.toString();
    }

    private static final class Reader extends AbstractVisitor {
        private final List<Span> spans = new ArrayList<>();
        private final StringBuilder characters = new StringBuilder();
        private boolean strong;

        List<Span> spans() {
            end();
            return spans;
        }

        private void end() {
            if (!characters.isEmpty()) {
                String text = Shield.off(characters.toString());
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
            spans.add(new Span.Code(Shield.off(code.getLiteral())));
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
            URI target = address(Shield.off(decoded(link.getDestination())));
            if (target == null) {
                visitChildren(link);
                return;
            }
            end();
            visitChildren(link);
            String text = Shield.off(characters.toString());
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

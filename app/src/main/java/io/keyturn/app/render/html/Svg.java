package io.keyturn.app.render.html;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A picture in SVG, written so that no text in it can be taken for markup. */
public final class Svg {
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /**
     * A picture that begins.
     *
     * @param attributes names and values in turn, here and in what follows
     */
    public Svg(Object... attributes) {
        try {
            xml = FACTORY.createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw failed(e);
        }
        open("svg", attributes);
    }

    /** Opens an element. */
    public Svg open(String name, Object... attributes) {
        try {
            xml.writeStartElement(name);
            write(attributes);
            return this;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    /** An element with nothing in it. */
    public Svg empty(String name, Object... attributes) {
        try {
            xml.writeEmptyElement(name);
            write(attributes);
            return this;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    private void write(Object... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            xml.writeAttribute(
                    attributes[i].toString(), value instanceof Double number ? number(number) : value.toString());
        }
    }

    /** Text in the open element. */
    public Svg text(String words) {
        try {
            xml.writeCharacters(words);
            return this;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    /** Closes the element. */
    public Svg close() {
        try {
            xml.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    /** An element with text in it. */
    public Svg element(String name, String words, Object... attributes) {
        return open(name, attributes).text(words).close();
    }

    /** A mark of the sprite, its middle at that point. */
    public Svg mark(String name, double x, double y, double size) {
        return empty("use", "href", "#m-" + name, "x", x - size / 2, "y", y - size / 2, "width", size, "height", size);
    }

    /** The whole picture, ended. */
    public String end() {
        try {
            xml.writeEndDocument();
            xml.close();
            return text.toString();
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    /** A length with at most one decimal. */
    public static String number(double length) {
        String number = String.format(Locale.ROOT, "%.1f", length);
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }

    private static IllegalStateException failed(XMLStreamException e) {
        return new IllegalStateException("could not draw a picture: " + e.getMessage(), e);
    }
}

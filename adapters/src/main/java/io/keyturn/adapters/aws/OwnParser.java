package io.keyturn.adapters.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Reads large answers itself, in one pass, and hands the SDK an empty one; errors pass untouched. The SDK's own reading
 * builds a tree of the whole answer, which was the largest single cost of reading an account by report.
 */
final class OwnParser implements ExecutionInterceptor {
    private static final ExecutionAttribute<Wanted<?>> WANTED = new ExecutionAttribute<>("KeyturnWanted");
    private static final byte[] EMPTY = "<Response><Result/></Response>".getBytes(StandardCharsets.UTF_8);
    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Reads an answer of one kind; throws where it is cut off or no such answer. */
    @FunctionalInterface
    interface Reader<T> {
        T read(XMLStreamReader xml) throws XMLStreamException;
    }

    private record Wanted<T>(Reader<T> reader, AtomicReference<T> place) {
        void take(InputStream content) throws XMLStreamException {
            place.set(parse(content, reader));
        }
    }

    /** Reads an answer's body. */
    static <T> T parse(InputStream content, Reader<T> reader) throws XMLStreamException {
        XMLStreamReader xml = FACTORY.createXMLStreamReader(content);
        try {
            return reader.read(xml);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new XMLStreamException("a value cannot be read: " + e.getMessage(), e);
        } finally {
            xml.close();
        }
    }

    /**
     * Makes the call {@code send} with credentials and settings {@code as}, and reads its answer with {@code reader}.
     *
     * @param what names the answer in messages
     */
    static <T> T call(
            AwsRequestOverrideConfiguration as,
            String what,
            Reader<T> reader,
            Consumer<AwsRequestOverrideConfiguration> send) {
        AtomicReference<T> place = new AtomicReference<>();
        send.accept(as.toBuilder()
                .putExecutionAttribute(WANTED, new Wanted<>(reader, place))
                .build());
        T read = place.get();
        if (read == null) {
            // Never taken for an account without users.
            throw SdkClientException.create(what + " came without a body", new IOException("empty answer"));
        }
        return read;
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Wanted<?> wanted = attributes.getAttribute(WANTED);
        Optional<InputStream> body = context.responseBody();
        if (wanted == null || body.isEmpty() || !context.httpResponse().isSuccessful()) {
            return body;
        }
        try (InputStream content = body.get()) {
            wanted.take(content);
        } catch (IOException | XMLStreamException e) {
            // An answer that is cut off is a fault on the way, which the SDK's callers know by its cause.
            throw SdkClientException.create(
                    "the answer was cut off or unreadable: " + CallFailure.firstLine(e), new IOException(e));
        }
        return Optional.of(new ByteArrayInputStream(EMPTY));
    }
}

package io.keyturn.adapters.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Reads a page of authorization details itself and hands the SDK an empty one; errors pass untouched. */
final class DetailsInterceptor implements ExecutionInterceptor {
    /** Where a request wants its page put. */
    static final ExecutionAttribute<AtomicReference<DetailsPage>> PAGE = new ExecutionAttribute<>("KeyturnDetailsPage");

    private static final byte[] EMPTY = ("<GetAccountAuthorizationDetailsResponse>"
                    + "<GetAccountAuthorizationDetailsResult/></GetAccountAuthorizationDetailsResponse>")
            .getBytes(StandardCharsets.UTF_8);

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        AtomicReference<DetailsPage> page = attributes.getAttribute(PAGE);
        Optional<InputStream> body = context.responseBody();
        if (page == null || body.isEmpty() || !context.httpResponse().isSuccessful()) {
            return body;
        }
        try (InputStream content = body.get()) {
            page.set(DetailsPage.parse(content));
        } catch (IOException | XMLStreamException e) {
            // An answer that is cut off is a fault on the way, which the SDK's callers know by its cause.
            throw SdkClientException.create(
                    "the authorization details were cut off or unreadable: " + CallFailure.firstLine(e),
                    new IOException(e));
        }
        return Optional.of(new ByteArrayInputStream(EMPTY));
    }
}

package io.keyturn.adapters.aws;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.iam.model.IamException;

/** What IAM says when it refuses a call: {@code ErrorResponse/Error/Code} and {@code Message}, as the SDK tells it. */
record IamError(@Nullable String code, @Nullable String message) {
    /** The exception for an answer that is none; one without a code where its body is not IAM's, as a proxy's page is not. */
    static AwsServiceException read(SdkHttpResponse head, byte[] body) {
        IamError error = parse(body);
        AwsErrorDetails details = AwsErrorDetails.builder()
                .serviceName("Iam")
                .sdkHttpResponse(head)
                .errorCode(error.code())
                .errorMessage(error.message())
                .build();
        String request = head.firstMatchingHeader("x-amzn-RequestId").orElse("unknown");
        return (AwsServiceException) IamException.builder()
                .message(error.message())
                .awsErrorDetails(details)
                .statusCode(head.statusCode())
                .requestId(request)
                .build();
    }

    private static IamError parse(byte[] body) {
        try {
            return OwnParser.parse(new ByteArrayInputStream(body), IamError::of);
        } catch (XMLStreamException e) {
            return new IamError(null, null);
        }
    }

    private static IamError of(XMLStreamReader xml) throws XMLStreamException {
        String code = null;
        String message = null;
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "Code" -> code = xml.getElementText();
                case "Message" -> message = xml.getElementText();
                default -> {
                    // The frame around them, and whose fault it was.
                }
            }
        }
        return new IamError(code, message);
    }
}

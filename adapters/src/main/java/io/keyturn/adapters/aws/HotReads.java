package io.keyturn.adapters.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * The IAM reads that a run makes by the ten thousand. The SDK makes the first call of a client, and so decides where
 * to and with which Region to sign; the others repeat that way with the SDK's own signer and connections, without the
 * stages in between, which cost more than half of a small call's processor time.
 */
final class HotReads implements ExecutionInterceptor {
    private static final String VERSION = "2010-05-08";
    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    private final SdkHttpClient http;
    private final AwsClock clock;
    private volatile @Nullable Way way;
    private volatile boolean repeat = true;

    HotReads(SdkHttpClient http, AwsClock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** How the SDK reached the service. */
    private record Way(URI endpoint, String region, String userAgent) {
        /** Taken from a signed request; null where it is signed in another way. */
        static @Nullable Way of(SdkHttpRequest request) {
            String[] scope =
                    request.firstMatchingHeader("Authorization").orElse("").split("/", -1);
            // "AWS4-HMAC-SHA256 Credential=AKIA…/20261123/us-east-1/iam/aws4_request, SignedHeaders=…"
            if (scope.length < 5 || !scope[0].startsWith("AWS4-HMAC-SHA256 ") || !scope[3].equals("iam")) {
                return null;
            }
            return new Way(
                    request.getUri(),
                    scope[2],
                    request.firstMatchingHeader("User-Agent").orElse("keyturn"));
        }
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        if (way == null) {
            way = Way.of(context.httpRequest());
        }
    }

    /**
     * Asks {@code action} with these parameters, of which those that are null are left out.
     *
     * @param as the credentials
     * @param first makes the same call with the SDK, for as long as its way is not known
     */
    <T> T call(
            AwsRequestOverrideConfiguration as,
            String action,
            Map<String, @Nullable String> parameters,
            OwnParser.Reader<T> reader,
            Consumer<AwsRequestOverrideConfiguration> first) {
        String what = "the answer to " + action;
        Way known = way;
        AwsCredentials credentials = credentials(as);
        if (known == null || credentials == null || !repeat) {
            return OwnParser.call(as, what, reader, first);
        }
        return send(signed(known, credentials, body(action, parameters)), what, reader);
    }

    /** What a request is signed with; null where no provider of ours says it. */
    static @Nullable AwsCredentials credentials(AwsRequestOverrideConfiguration as) {
        // No call of ours comes without a provider; the SDK knows what to do where one does.
        return as.credentialsIdentityProvider()
                                .filter(AwsCredentialsProvider.class::isInstance)
                                .orElse(null)
                        instanceof AwsCredentialsProvider provider
                ? provider.resolveCredentials()
                : null;
    }

    private static byte[] body(String action, Map<String, @Nullable String> parameters) {
        StringBuilder form =
                new StringBuilder("Action=").append(action).append("&Version=").append(VERSION);
        parameters.forEach((name, value) -> {
            if (value != null) {
                form.append('&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
            }
        });
        return form.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static HttpExecuteRequest signed(Way way, AwsCredentialsIdentity credentials, byte[] body) {
        ContentStreamProvider content = ContentStreamProvider.fromByteArrayUnsafe(body);
        SdkHttpFullRequest plain = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(way.endpoint())
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .putHeader("Content-Length", Integer.toString(body.length))
                .putHeader("User-Agent", way.userAgent())
                .build();
        SdkHttpRequest signed = SIGNER.sign(r -> r.identity(credentials)
                        .request(plain)
                        .payload(content)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "iam")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, way.region()))
                .request();
        return HttpExecuteRequest.builder()
                .request(signed)
                .contentStreamProvider(content)
                .build();
    }

    private <T> T send(HttpExecuteRequest request, String what, OwnParser.Reader<T> reader) {
        try {
            HttpExecuteResponse answer = http.prepareRequest(request).call();
            SdkHttpResponse head = answer.httpResponse();
            clock.heard(head);
            try (InputStream body = answer.responseBody()
                    .<InputStream>map(stream -> stream)
                    .orElse(new ByteArrayInputStream(new byte[0]))) {
                if (!head.isSuccessful()) {
                    throw refused(head, body);
                }
                if (answer.responseBody().isEmpty()) {
                    // Never taken for an account without users.
                    throw SdkClientException.create(what + " came without a body", new IOException("empty answer"));
                }
                return OwnParser.parse(body, reader);
            }
        } catch (IOException e) {
            throw SdkClientException.create("Unable to execute HTTP request: " + CallFailure.firstLine(e), e);
        } catch (XMLStreamException e) {
            throw SdkClientException.create(
                    "the answer was cut off or unreadable: " + CallFailure.firstLine(e), new IOException(e));
        }
    }

    private AwsServiceException refused(SdkHttpResponse head, InputStream body) throws IOException {
        AwsServiceException refused = IamError.read(head, body.readAllBytes());
        if (refused.isClockSkewException()) {
            // The SDK learns the difference from the answer to its next call, and signs with it from then on.
            repeat = false;
        }
        return refused;
    }
}

package io.keyturn.adapters.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call of a service that speaks JSON, signed and sent by the SDK's own signer and connections: for services of which
 * one or two operations are used, and whose client would weigh more than all the rest.
 *
 * @param service as requests are signed for it
 */
record JsonCall(SdkHttpClient http, AwsClock clock, URI endpoint, String service, String region) {
    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    /**
     * Posts to a path that names the operation, and hands over the answer.
     *
     * @throws AwsServiceException where the service refuses, as the SDK tells it
     * @throws SdkClientException where no answer came
     */
    JsonNode post(AwsRequestOverrideConfiguration as, String path, byte[] body) {
        return send(
                as,
                plain(body)
                        .uri(endpoint.resolve(path))
                        .putHeader("Content-Type", "application/json")
                        .build(),
                body);
    }

    /**
     * Posts where a header names the operation, as AWS's JSON 1.1 has it, and hands over the answer.
     *
     * @param target the service's name and version in that protocol, a dot, and the operation
     * @throws AwsServiceException where the service refuses, as the SDK tells it
     * @throws SdkClientException where no answer came
     */
    JsonNode target(AwsRequestOverrideConfiguration as, String target, byte[] body) {
        return send(
                as,
                plain(body)
                        .uri(endpoint)
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .putHeader("X-Amz-Target", target)
                        .build(),
                body);
    }

    private static SdkHttpFullRequest.Builder plain(byte[] body) {
        return SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.POST)
                .putHeader("Content-Length", Integer.toString(body.length))
                .putHeader("User-Agent", "keyturn");
    }

    private JsonNode send(AwsRequestOverrideConfiguration as, SdkHttpFullRequest plain, byte[] body) {
        AwsCredentials credentials = Objects.requireNonNull(HotReads.credentials(as));
        ContentStreamProvider content = ContentStreamProvider.fromByteArrayUnsafe(body);
        var signed = SIGNER.sign(r -> r.identity(credentials)
                .request(plain)
                .payload(content)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        try {
            HttpExecuteResponse answer = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(content)
                            .build())
                    .call();
            clock.heard(answer.httpResponse());
            try (InputStream stream = answer.responseBody()
                    .<InputStream>map(found -> found)
                    .orElse(new ByteArrayInputStream(new byte[0]))) {
                return read(answer.httpResponse(), stream.readAllBytes());
            }
        } catch (IOException e) {
            throw SdkClientException.create("Unable to execute HTTP request: " + CallFailure.firstLine(e), e);
        }
    }

    private JsonNode read(SdkHttpResponse head, byte[] body) throws IOException {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            if (head.isSuccessful()) {
                throw new IOException("the answer is no JSON", e);
            }
            json = JsonMapper.shared().createObjectNode();
        }
        if (!head.isSuccessful()) {
            throw refused(head, json);
        }
        return json;
    }

    /** The code stands in a header or in the body, with more behind a colon or before a hash. */
    private AwsServiceException refused(SdkHttpResponse head, JsonNode json) {
        String code = head.firstMatchingHeader("x-amzn-ErrorType")
                .orElse(json.path("Code").asString(json.path("__type").asString("")));
        String message = json.path("Message").asString(json.path("message").asString(""));
        String plain = code.substring(code.indexOf('#') + 1).split(":", 2)[0];
        return AwsServiceException.builder()
                .message(message)
                .statusCode(head.statusCode())
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName(service.toUpperCase(Locale.ROOT))
                        .sdkHttpResponse(head)
                        .errorCode(plain.isEmpty() ? null : plain)
                        .errorMessage(message)
                        .build())
                .build();
    }

    /** What goes out for it. */
    static byte[] bytes(JsonNode json) {
        return JsonMapper.shared().writeValueAsBytes(json);
    }
}

package io.keyturn.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.world.WorldOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is let in: every refusal in AWS's words. */
class GateTest {
    @Test
    void a_right_signature_is_let_in_and_the_answer_carries_the_worlds_date() throws IOException {
        try (Door door = Door.prompt()) {
            door.server.clock().move(Duration.ofDays(11));

            Client.Answer answer = door.client.query("sts", "GetCallerIdentity");

            assertThat(answer.text("Arn")).isEqualTo("arn:aws:iam::111122223333:user/administrator");
            assertThat(answer.text("UserId")).startsWith("AIDA");
            assertThat(answer.raw().headers().firstValue("date")).contains("Fri, 04 Dec 2026 08:00:00 GMT");
            assertThat(door.client.iam("GetUser").text("UserName")).isEqualTo("administrator");
        }
    }

    @Test
    void a_signature_older_or_younger_than_five_minutes_is_refused() throws IOException {
        try (Door door = Door.prompt()) {
            for (int minutes : new int[] {-6, 6}) {
                Client.Answer answer =
                        door.client.send("iam", "Action=ListUsers", null, Door.NOW.plus(Duration.ofMinutes(minutes)));

                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.code()).isEqualTo("SignatureDoesNotMatch");
                assertThat(answer.text("Message")).startsWith("Signature expired: 20261123T0");
            }
        }
    }

    @Test
    void a_wrong_secret_and_an_unknown_key_are_refused() throws IOException {
        try (Door door = Door.prompt()) {
            Client wrong = door.client.with(door.client.keyId, "x".repeat(40));
            Client nobody = door.client.with("AKIANOBODYNOBODY2345", "x".repeat(40));

            assertThat(wrong.iam("ListUsers").code()).isEqualTo("SignatureDoesNotMatch");
            assertThat(nobody.iam("ListUsers").code()).isEqualTo("InvalidClientTokenId");
            assertThat(nobody.organizations("ListAccounts", "{}").code()).isEqualTo("UnrecognizedClientException");
            assertThat(wrong.organizations("ListAccounts", "{}").code()).isEqualTo("InvalidSignatureException");
        }
    }

    @Test
    void a_new_key_works_late_and_a_switched_off_one_a_little_longer() throws IOException {
        try (Door door = new Door(DoorOptions.defaults(), WorldOptions.DEFAULT)) {
            Client.Answer made = door.client.iam("CreateAccessKey", "UserName", "dora");
            String id = made.text("AccessKeyId");
            Client dora = door.client.with(id, made.text("SecretAccessKey"));

            assertThat(dora.query("sts", "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
            door.server.clock().move(Duration.ofSeconds(15));
            assertThat(dora.query("sts", "GetCallerIdentity").text("Arn"))
                    .isEqualTo("arn:aws:iam::111122223333:user/people/dora");
            door.client.iam("UpdateAccessKey", "UserName", "dora", "AccessKeyId", id, "Status", "Inactive");
            door.server.clock().move(Duration.ofMillis(2999));
            assertThat(dora.query("sts", "GetCallerIdentity").status()).isEqualTo(200);
            door.server.clock().move(Duration.ofMillis(1001));
            assertThat(dora.query("sts", "GetCallerIdentity").code()).isEqualTo("InvalidClientTokenId");
        }
    }

    @Test
    void a_session_needs_its_token_and_ends_by_the_real_clock() throws IOException {
        try (Door door = Door.prompt()) {
            Client reader = door.client.as(Door.role(Door.MEMBER, "keyturn-read"), "DurationSeconds", "900");
            Client without = door.client.with(reader.keyId, reader.secret);
            Client other = door.client.with(reader.keyId, reader.secret);
            other.token = "A".repeat(64);

            assertThat(reader.query("sts", "GetCallerIdentity").text("Arn"))
                    .isEqualTo("arn:aws:sts::111122223334:assumed-role/keyturn-read/test");
            assertThat(without.iam("ListUsers").code()).isEqualTo("InvalidClientTokenId");
            assertThat(other.iam("ListUsers").code()).isEqualTo("InvalidClientTokenId");
            door.server.clock().move(Duration.ofDays(2));
            assertThat(reader.iam("ListUsers").status()).isEqualTo(200);
            door.wall.move(Duration.ofSeconds(900));
            assertThat(reader.iam("ListUsers").code()).isEqualTo("ExpiredToken");
            assertThat(reader.organizations("ListAccounts", "{}").code()).isEqualTo("ExpiredTokenException");
        }
    }

    @Test
    void what_is_not_signed_or_signed_strangely_is_refused() throws IOException {
        try (Door door = Door.prompt()) {
            assertThat(unsigned(door, null)).isEqualTo("MissingAuthenticationToken");
            assertThat(unsigned(door, "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0"))
                    .isEqualTo("IncompleteSignature");
            assertThat(unsigned(door, "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, Signature=0"))
                    .isEqualTo("IncompleteSignature");
        }
    }

    private static String unsigned(Door door, String authorization) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(door.client.endpoint)
                .POST(HttpRequest.BodyPublishers.ofString("Action=ListUsers"));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return Client.send(request.build()).code();
    }

    @Test
    void each_partition_has_its_arns_and_takes_only_its_own_regions() throws IOException {
        try (Door door = new Door(DoorOptions.defaults(), WorldOptions.DEFAULT.inPartition("aws-cn"))) {
            assertThat(door.client.iam("ListUsers").text("Message"))
                    .isEqualTo("Credential should be scoped to a valid region, not &apos;us-east-1&apos;."
                            .replace("&apos;", "'"));
            door.client.region = "cn-north-1";
            assertThat(door.client.query("sts", "GetCallerIdentity").text("Arn"))
                    .isEqualTo("arn:aws-cn:iam::111122223333:user/administrator");
            assertThat(door.client
                            .assume(Door.role(Door.MEMBER, "keyturn-read"))
                            .code())
                    .as("roles are not assumed across partitions")
                    .isEqualTo("AccessDenied");
            assertThat(door.client
                            .assume("arn:aws-cn:iam::" + Door.MEMBER + ":role/keyturn-read")
                            .text("Arn"))
                    .isEqualTo("arn:aws-cn:sts::111122223334:assumed-role/keyturn-read/test");
        }
    }

    @Test
    void what_is_no_http_is_answered_so() throws IOException {
        try (Door door = Door.prompt();
                Socket socket = new Socket("127.0.0.1", door.client.endpoint.getPort())) {
            socket.getOutputStream().write("hello\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(said).startsWith("HTTP/1.1 400 ").endsWith("bad request: no HTTP/1.1 request line");
        }
    }

    @Test
    void a_body_in_chunks_and_several_requests_on_one_connection_are_read() throws IOException {
        try (Door door = Door.prompt();
                Socket socket = new Socket("127.0.0.1", door.client.endpoint.getPort())) {
            String chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nAction\r\n0\r\n\r\n";
            String last = "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\n"
                    + "Content-Length: 2\r\n\r\nab";
            socket.getOutputStream().write((chunked + last).getBytes(StandardCharsets.US_ASCII));

            String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(said.split("MissingAuthenticationToken")).hasSize(3);
            assertThat(said).contains("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403");
        }
    }
}

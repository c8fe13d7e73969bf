package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.web.Access;
import io.keyturn.app.web.AssertionAccess;
import io.keyturn.app.web.LocalAccess;
import io.keyturn.app.web.OidcAccess;
import io.keyturn.app.web.ProxyAccess;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Which options let whom in. */
class AccessOptionsTest {
    private static Access access(String options) {
        Map<String, String> environment =
                Map.of("OIDC", "hunter2", "PROXY", "a secret of the proxy that is long enough");
        return CommandLine.populateCommand(new AccessOptions(), options.split(" "))
                .access("n.iyer", environment, InstantSource.system(), line -> {});
    }

    @Test
    void by_themselves_they_let_in_this_machine_alone() {
        assertThat(access("--listen=127.0.0.1:0")).isInstanceOf(LocalAccess.class);
    }

    @Test
    void beyond_it_people_come_through_a_proxy_or_sign_in_at_a_provider() throws Exception {
        String open = "--listen=0.0.0.0:0 --url=https://k.example --role=viewer=all ";
        assertThat(access(open + "--proxy-secret=${env:PROXY}")).isInstanceOf(ProxyAccess.class);
        assertThat(
                        access(
                                open + "--proxy-token=X-Amzn-Oidc-Data --proxy-issuer=https://idp.example"
                                        + " --proxy-keys=https://public-keys.auth.elb.eu-central-1.amazonaws.com/{kid}"
                                        + " --proxy-signer=arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/k/1"))
                .isInstanceOf(AssertionAccess.class);
        MockOAuth2Server provider = new MockOAuth2Server();
        provider.start(InetAddress.getLoopbackAddress(), 0);
        try {
            String client = " --oidc-client=keyturn --oidc-secret=${env:OIDC}";
            assertThat(access(open + "--oidc-issuer=" + provider.issuerUrl("main") + client))
                    .isInstanceOf(OidcAccess.class);
        } finally {
            provider.shutdown();
        }
    }
}

package io.keyturn.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Approval;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.port.StoreFailure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signs of life of a server whose catalog does not answer. */
@Timeout(60)
class SignsTest {
    private static final Catalog BROKEN = (Catalog) Proxy.newProxyInstance(
            SignsTest.class.getClassLoader(), new Class<?>[] {Catalog.class}, (proxy, method, arguments) -> {
                throw new StoreFailure(
                        StoreFailure.Kind.UNAVAILABLE, new Problem("read", "the catalog", "its disk is gone", ""));
            });

    @Test
    void it_lives_is_not_ready_and_says_why_on_a_page() throws Exception {
        StillSite still = new StillSite(Approval.TWO);
        Site site = (Site) Proxy.newProxyInstance(
                SignsTest.class.getClassLoader(), new Class<?>[] {Site.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("catalog")) {
                        return BROKEN;
                    }
                    try {
                        return method.invoke(still, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        try (Door door = Door.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new LocalAccess("n.iyer"),
                Optional.empty(),
                site,
                InstantSource.fixed(StillSite.NOW),
                line -> {})) {
            Visitor visitor = new Visitor(door.address());
            HttpResponse<String> ready = visitor.get("/readyz");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("not ready: the catalog does not answer\n");
            assertThat(visitor.get("/healthz").body()).isEqualTo("alive\n");
            HttpResponse<String> page = visitor.get("/");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("The store does not answer", "its disk is gone");
        }
    }
}

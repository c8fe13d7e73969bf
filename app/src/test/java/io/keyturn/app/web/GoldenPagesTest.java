package io.keyturn.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.Golden;
import io.keyturn.core.policy.Approval;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pages of the server, of users with hostile names and a plan that waits. */
@Timeout(60)
class GoldenPagesTest {
    @Test
    void thePagesLookAsTheyDidWhenTheyWereLookedAt() throws Exception {
        StillSite site = new StillSite(Approval.TWO);
        Golden golden = new Golden("golden/pages");
        try (Door door = Door.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new LocalAccess("n.iyer"),
                Optional.empty(),
                site,
                InstantSource.fixed(StillSite.NOW),
                line -> {})) {
            Visitor visitor = new Visitor(door.address());
            Map<String, String> paths = new LinkedHashMap<>();
            paths.put("overview", "/");
            for (String name : new String[] {"accounts", "owners", "keys", "runs", "plan", "health", "stop"}) {
                paths.put(name, "/" + name);
            }
            String key = "/keys/" + site.anyKey().name();
            paths.put("key", key);
            paths.put("snooze", key + "/act/snooze");
            paths.put("exemption", key + "/exemption");
            paths.put("unknown", "/nope");
            for (Map.Entry<String, String> path : paths.entrySet()) {
                HttpResponse<String> page = visitor.get(path.getValue());
                assertThat(page.body()).contains("</html>");
                // One of the hostile names is this long.
                golden.samePage(path.getKey(), page.body().replace("x".repeat(5_000), "x…"));
            }
        }
        golden.nothingElse();
    }
}

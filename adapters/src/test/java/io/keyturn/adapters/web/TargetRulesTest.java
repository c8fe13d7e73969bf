package io.keyturn.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRulesTest {
    private static final Reach OPEN = new Reach(true, true);

    /** Why nothing may go to a name that leads to these addresses; empty where it may. */
    private static String refusal(Reach reach, String target, String... addresses) {
        TargetRules rules = new TargetRules(reach, host -> {
            if (addresses.length == 0) {
                throw new UnknownHostException(host);
            }
            return Stream.of(addresses).map(TargetRulesTest::address).toArray(InetAddress[]::new);
        });
        return rules.refusal(URI.create(target)).map(Answer.NotSent::why).orElse("");
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "2606:4700::1111", "64:ff9b::808:808"})
    void aPublicAddressMayBeCalled(String address) {
        assertThat(refusal(Reach.PUBLIC, "https://hooks.example.com/x", address))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.127.1.1",
                "198.18.0.1",
                "fc00::1",
                "fd12:3456::1",
                "fec0::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "2002:a00:1::"
            })
    void aPrivateAddressNeedsLeave(String address) {
        assertThat(refusal(Reach.PUBLIC, "https://hooks.example.com/x", address))
                .isEqualTo("its host leads to a private address, where nothing is sent");
        assertThat(refusal(new Reach(true, false), "https://hooks.example.com/x", address))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"})
    void thisMachineIsNotAPrivateNetwork(String address) {
        assertThat(refusal(new Reach(true, false), "https://hooks.example.com/x", address))
                .isEqualTo("its host leads to an address of this machine, where nothing is sent");
        assertThat(refusal(new Reach(false, true), "https://hooks.example.com/x", address))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "fd00:ec2::254",
                "fd00:ec2::23",
                "100.100.100.200",
                "192.0.0.192",
                "fd20:ce::254"
            })
    void aMetadataAddressIsNeverCalled(String address) {
        assertThat(refusal(OPEN, "https://hooks.example.com/x", address))
                .isEqualTo("its host leads to the metadata address of a cloud, where nothing is sent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.1.1",
                "192.0.0.1",
                "192.0.2.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "fe80::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "100::1",
                "3fff::1",
                "4000::1"
            })
    void anAddressWhereNoServiceStandsIsNeverCalled(String address) {
        assertThat(refusal(OPEN, "https://hooks.example.com/x", address))
                .isEqualTo("its host leads to an address that no service on the internet has, where nothing is sent");
    }

    @Test
    void oneBadAddressAmongGoodOnesIsEnough() {
        assertThat(refusal(Reach.PUBLIC, "https://hooks.example.com/", "8.8.8.8", "10.0.0.1", "2606:4700::1111"))
                .isEqualTo("its host leads to a private address, where nothing is sent");
    }

    @ParameterizedTest
    @CsvSource({
        "http://hooks.example.com/, its address does not begin with https://",
        "ftp://hooks.example.com/, its address does not begin with https://",
        "https://user:pass@hooks.example.com/, its address has a user name or password in it",
        "https://under_score.example.com/, its address names no host",
        "https:///x, its address names no host",
    })
    void anAddressOfTheWrongKindIsRefused(String target, String why) {
        assertThat(refusal(Reach.PUBLIC, target, "8.8.8.8")).isEqualTo(why);
    }

    @Test
    void aNameThatIsNotKnownIsRefused() {
        assertThat(refusal(Reach.PUBLIC, "https://nobody.example.com/"))
                .isEqualTo("the host of its address is not known to DNS");
    }

    @Test
    void plainHttpGoesToThisMachineAloneAndOnlyWithLeave() {
        assertThat(refusal(OPEN, "http://localhost/", "127.0.0.1", "::1")).isEmpty();
        assertThat(refusal(OPEN, "http://inside.example.com/", "10.0.0.1"))
                .isEqualTo("its address begins with http:// and does not lead to this machine");
        assertThat(refusal(new Reach(true, false), "http://localhost/", "127.0.0.1"))
                .isEqualTo("its address does not begin with https://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://2130706433/", "https://127.1/", "https://[::ffff:7f00:1]/", "https://[::1]/"})
    void otherSpellingsOfThisMachineAreSeenThrough(String target) {
        TargetRules rules = new TargetRules(Reach.PUBLIC, InetAddress::getAllByName);

        assertThat(rules.refusal(URI.create(target))).isPresent();
    }
}

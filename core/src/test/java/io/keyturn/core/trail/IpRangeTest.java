package io.keyturn.core.trail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {
    private static IpRange range(String text) {
        return IpRange.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.0/24, 203.0.113.255, true",
        "203.0.113.0/24, 203.0.114.0, false",
        "203.0.113.128/25, 203.0.113.127, false",
        "203.0.113.7, 203.0.113.7, true",
        "203.0.113.7/32, 203.0.113.6, false",
        "0.0.0.0/0, 198.51.100.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "2001:db8::/32, 2001:db8:ffff::, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "2001:db8::1/128, 2001:db8:0:0:0:0:0:1, true",
        "2001:db8::1/128, 2001:db8::2, false"
    })
    void an_address_is_in_it_by_its_first_bits(String text, String address, boolean in) {
        assertThat(range(text).contains(IpAddress.parse(address).orElseThrow())).isEqualTo(in);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/",
                "10.0.0.256",
                "010.0.0.1",
                "example.com",
                "::/129",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "g::",
                "10.0.0/8",
                "010.0.0.0/8",
                "2001:db8::/129",
                "2001:db8",
                "::1::2/64",
                "12345::/16",
                "fe80::1%eth0",
                ":1::",
                "1:2:3:4:5:6:7::8",
                "10.0.0.0/8/8",
                "::12345",
                "0000:0000:0000:0000:0000:0000:0000:0000000001"
            })
    void what_is_no_network_is_none(String text) {
        assertThat(IpRange.parse(text)).isEmpty();
    }

    @Test
    void it_is_called_as_it_was_written_and_is_the_same_by_that() {
        assertThat(range("10.0.0.0/8")).hasToString("10.0.0.0/8").isEqualTo(range("10.0.0.0/8"));
        assertThat(range("10.0.0.0/8")).isNotEqualTo(range("10.0.0.0/9")).hasSameHashCodeAs(range("10.0.0.0/8"));
        assertThat(range("10.0.0.0/8").hashCode())
                .isNotEqualTo(range("10.0.0.0/9").hashCode());
        assertThat(range("10.0.0.0/8")).isNotEqualTo("10.0.0.0/8");
    }
}

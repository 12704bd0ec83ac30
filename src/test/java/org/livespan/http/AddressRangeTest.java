package org.livespan.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and address ranges, as administrators and proxies write them. */
class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "192.0.2.7, ::ffff:192.0.2.7, true"
    })
    void a_range_contains_the_addresses_that_begin_with_its_bits(String range, String address, boolean held) {
        InetAddress asked = AddressRange.address(address).orElseThrow();
        assertThat(AddressRange.of(range).contains(asked)).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7:4711, 192.0.2.7",
        "[2001:db8::1]:4711, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "' 192.0.2.7 ', 192.0.2.7",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1"
    })
    void ports_brackets_zones_and_spaces_around_an_address_are_ignored(String written, String address) {
        assertThat(AddressRange.address(written))
                .map(InetAddress::getHostAddress)
                .contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                "localhost",
                "example.org",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                "256.0.0.1",
                "1",
                "0x7f000001",
                ":",
                ":::",
                "1::2::3",
                "g::1",
                "1.2.3.4.",
                "999999999999",
                "-1.2.3.4",
                "a.b.c.d"
            })
    void only_literal_addresses_are_accepted_and_names_are_not_resolved(String text) {
        assertThat(AddressRange.address(text)).isEmpty();
    }

    @Test
    void an_invalid_range_is_refused_with_an_example_of_a_valid_one() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.of("proxy.example.org"))
                .withMessageContaining("10.0.0.0/8");
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of("10.0.0.0/33"));
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of("10.0.0.0/-1"));
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of("10.0.0.0/"));
    }
}

package org.livespan.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The address that a request is attributed to, with and without proxies. */
class ClientAddressesTest {

    private static final String PROXY = "10.0.0.1";

    private final ClientAddresses addresses = new ClientAddresses();

    @BeforeEach
    void two_networks_of_proxies_are_configured() {
        addresses.proxies = Optional.of(AddressRanges.of("10.0.0.0/8, fd00::/8"));
    }

    @Test
    void x_forwarded_for_is_ignored_unless_it_comes_from_a_configured_proxy() {
        assertThat(of("192.0.2.7", "198.51.100.1")).isEqualTo("192.0.2.7/32");
        addresses.proxies = Optional.empty();
        assertThat(of(PROXY, "198.51.100.1")).isEqualTo("10.0.0.1/32");
    }

    @Test
    void behind_proxies_the_client_is_the_rightmost_address_that_is_not_a_proxy() {
        assertThat(of(PROXY, "198.51.100.1")).isEqualTo("198.51.100.1/32");
        assertThat(of(PROXY, "203.0.113.9, 198.51.100.1, 10.0.0.2")).isEqualTo("198.51.100.1/32");
        assertThat(of(PROXY, "203.0.113.9", "198.51.100.1,10.0.0.2")).isEqualTo("198.51.100.1/32");
        assertThat(of("fd00::1", "[2001:db8:1:2:3::4]:99")).isEqualTo("2001:db8:1:2:0:0:0:0/64");
    }

    @Test
    void a_missing_or_invalid_address_and_everything_to_its_left_are_ignored() {
        assertThat(of(PROXY, "198.51.100.1, unknown")).isEqualTo("10.0.0.1/32");
        assertThat(of(PROXY, "198.51.100.1, nonsense, 10.0.0.2")).isEqualTo("10.0.0.2/32");
        assertThat(of(PROXY)).isEqualTo("10.0.0.1/32");
        assertThat(of(PROXY, "")).isEqualTo("10.0.0.1/32");
    }

    @Test
    void an_ipv6_network_of_64_bits_counts_as_one_client() {
        assertThat(of("2001:db8:1:2::1")).isEqualTo(of("2001:db8:1:2:ffff::2")).isNotEqualTo(of("2001:db8:1:3::1"));
    }

    @Test
    void if_the_server_can_no_longer_tell_the_address_the_client_counts_as_gone() {
        assertThat(of(null)).isEqualTo("gone");
    }

    private String of(String remote, String... forwardedFor) {
        return addresses.of((HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "getRemoteAddr" -> Objects.requireNonNull(remote);
                        case "getHeaders" -> Collections.enumeration(List.of(forwardedFor));
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                }));
    }
}

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

/** Whose client sends a request. */
class ClientAddressesTest {

    private static final String PROXY = "10.0.0.1";

    private final ClientAddresses addresses = new ClientAddresses();

    @BeforeEach
    void proxies_are_known() {
        addresses.proxies = Optional.of(AddressRanges.of("10.0.0.0/8, fd00::/8"));
    }

    @Test
    void whoever_is_no_proxy_is_not_believed() {
        assertThat(of("192.0.2.7", "198.51.100.1")).isEqualTo("192.0.2.7/32");
        addresses.proxies = Optional.empty();
        assertThat(of(PROXY, "198.51.100.1")).isEqualTo("10.0.0.1/32");
    }

    @Test
    void behind_proxies_it_is_the_first_from_the_right_that_is_none() {
        assertThat(of(PROXY, "198.51.100.1")).isEqualTo("198.51.100.1/32");
        assertThat(of(PROXY, "203.0.113.9, 198.51.100.1, 10.0.0.2")).isEqualTo("198.51.100.1/32");
        assertThat(of(PROXY, "203.0.113.9", "198.51.100.1,10.0.0.2")).isEqualTo("198.51.100.1/32");
        assertThat(of("fd00::1", "[2001:db8:1:2:3::4]:99")).isEqualTo("2001:db8:1:2:0:0:0:0/64");
    }

    @Test
    void what_is_no_address_is_passed_over_with_all_that_lies_behind() {
        assertThat(of(PROXY, "198.51.100.1, unknown")).isEqualTo("10.0.0.1/32");
        assertThat(of(PROXY, "198.51.100.1, nonsense, 10.0.0.2")).isEqualTo("10.0.0.2/32");
        assertThat(of(PROXY)).isEqualTo("10.0.0.1/32");
        assertThat(of(PROXY, "")).isEqualTo("10.0.0.1/32");
    }

    @Test
    void a_network_of_64_bits_is_one_client() {
        assertThat(of("2001:db8:1:2::1")).isEqualTo(of("2001:db8:1:2:ffff::2")).isNotEqualTo(of("2001:db8:1:3::1"));
    }

    @Test
    void where_a_server_cannot_tell_as_the_client_is_gone_that_is_no_failure() {
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

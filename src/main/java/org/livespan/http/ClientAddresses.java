package org.livespan.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The address of the client that sends a request: the one from which it comes, or, if that is a proxy of {@code
 * livespan.proxies}, the one in the proxy's {@code X-Forwarded-For}. What clients write there themselves is to the left of
 * what proxies add, and is ignored.
 */
@ApplicationScoped
public class ClientAddresses {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String GONE = "gone";

    @Inject
    @ConfigProperty(name = "livespan.proxies")
    Optional<AddressRanges> proxies;

    /** Equal for all clients that count as one: for IPv6, those of a /64 network, because every customer has one. */
    public String of(HttpServletRequest request) {
        String remote = remoteAddress(request);
        return AddressRange.address(remote)
                .map(direct -> network(isProxy(direct) ? forwarded(request, direct) : direct))
                .orElse(remote);
    }

    private static String remoteAddress(HttpServletRequest request) {
        try {
            return request.getRemoteAddr();
        } catch (NullPointerException e) {
            // On Open Liberty, if the client has already gone
            return GONE;
        }
    }

    /** The first from the right that is not a proxy. */
    private InetAddress forwarded(HttpServletRequest request, InetAddress direct) {
        InetAddress nearest = direct;
        for (String hop : hops(request)) {
            Optional<InetAddress> address = AddressRange.address(hop);
            if (address.isEmpty()) {
                return nearest;
            }
            nearest = address.get();
            if (!isProxy(nearest)) {
                return nearest;
            }
        }
        return nearest;
    }

    /** Ordered from the nearest to the farthest. */
    private static List<String> hops(HttpServletRequest request) {
        var hops = new ArrayList<String>();
        for (String line : Collections.list(request.getHeaders(FORWARDED_FOR))) {
            hops.addAll(List.of(line.split(",")));
        }
        Collections.reverse(hops);
        return hops;
    }

    private boolean isProxy(InetAddress address) {
        return proxies.filter(ranges -> ranges.contains(address)).isPresent();
    }

    private static String network(InetAddress address) {
        return new AddressRange(address, address.getAddress().length == 4 ? 32 : 64).toString();
    }
}

package org.livespan.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses with a common prefix, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32} (RFC 4632, 3.1; RFC 4291, 2.3);
 * without a slash, one address.
 */
record AddressRange(InetAddress first, int bits) {

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Pattern BRACKET_AND_PORT = Pattern.compile("](:\\d{1,5})?$");
    private static final Pattern ZONE = Pattern.compile("%.*$");

    /** @throws IllegalArgumentException if the prefix is longer than the addresses */
    AddressRange {
        if (bits < 0 || bits > 8 * first.getAddress().length) {
            throw new IllegalArgumentException(first.getHostAddress() + " has fewer than " + bits + " bits");
        }
        first = masked(first, bits);
    }

    /**
     * Parses a range.
     *
     * @throws IllegalArgumentException if it is not a range
     */
    static AddressRange of(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        InetAddress first = address(literal)
                .orElseThrow(() -> new IllegalArgumentException(
                        text + " is not an IP address or a range of them. Use 10.0.0.7, 10.0.0.0/8 or 2001:db8::/32."));
        return new AddressRange(
                first, slash < 0 ? 8 * first.getAddress().length : Integer.parseInt(text.substring(slash + 1)));
    }

    /** An address as written by a proxy, perhaps with a port; empty for anything else. Never resolves a name. */
    static Optional<InetAddress> address(String text) {
        String literal = text.strip();
        if (literal.startsWith("[")) {
            literal = BRACKET_AND_PORT.matcher(literal.substring(1)).replaceFirst("");
        } else if (literal.indexOf(':') == literal.lastIndexOf(':')) {
            literal = PORT.matcher(literal).replaceFirst("");
        } else {
            literal = ZONE.matcher(literal).replaceFirst("");
        }
        if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        return address.getAddress().length == first.getAddress().length
                && masked(address, bits).equals(first);
    }

    private static InetAddress masked(InetAddress address, int bits) {
        byte[] octets = address.getAddress();
        Arrays.fill(octets, (bits + 7) / 8, octets.length, (byte) 0);
        if (bits % 8 != 0) {
            octets[bits / 8] &= (byte) (0xff << 8 - bits % 8);
        }
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}

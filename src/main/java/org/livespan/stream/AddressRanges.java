package org.livespan.stream;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Several ranges of addresses, as a setting names them: with commas between. */
public final class AddressRanges {

    private final List<AddressRange> ranges;

    private AddressRanges(List<AddressRange> ranges) {
        this.ranges = ranges;
    }

    /**
     * Reads them; the name is what MicroProfile Config looks for.
     *
     * @throws IllegalArgumentException if one is none
     */
    public static AddressRanges of(String text) {
        return new AddressRanges(Stream.of(text.split(","))
                .map(range -> AddressRange.of(range.strip()))
                .toList());
    }

    boolean contains(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}

package org.livespan.http;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Several address ranges, as in a setting: separated by commas. */
public final class AddressRanges {

    private final List<AddressRange> ranges;

    private AddressRanges(List<AddressRange> ranges) {
        this.ranges = ranges;
    }

    /**
     * Parses them; MicroProfile Config looks for this name.
     *
     * @throws IllegalArgumentException if one is not a range
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

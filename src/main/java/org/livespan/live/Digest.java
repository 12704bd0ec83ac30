package org.livespan.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.livespan.feed.Row;

/**
 * What tells one result from another: the sum, modulo 2<sup>64</sup> in each of four places, of the SHA-256 digests of
 * its rows.
 *
 * <p>A sum, so that it can follow the rows that changed: take the old row's digest away, add the new one's. As a row
 * holds its date and its key, their order is part of it. It is the same on every node and after every restart, and
 * depends on nothing but the rows.
 */
public final class Digest {

    private static final int PLACES = 4;

    private final long[] places;

    private Digest(long[] places) {
        this.places = places;
    }

    /** The digest of these rows, in whatever order. */
    static Digest of(List<Row> rows) {
        long[] sum = new long[PLACES];
        MessageDigest sha256 = sha256();
        for (Row row : rows) {
            sha256.update(row.date().toString().getBytes(StandardCharsets.US_ASCII));
            var digest = ByteBuffer.wrap(sha256.digest(row.json())).asLongBuffer();
            for (int place = 0; place < PLACES; place++) {
                sum[place] += digest.get(place);
            }
        }
        return new Digest(sum);
    }

    /** 43 characters of base64url, fit for an event's id and an entity tag. */
    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.allocate(PLACES * Long.BYTES);
        bytes.asLongBuffer().put(places);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

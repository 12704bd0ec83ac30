package org.livespan.feed;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The digest of a result: the sum, modulo 2<sup>64</sup> in each of four places (big-endian), of the SHA-256 digests (FIPS
 * 180-4) of its rows, each as its JSON stands in the result, UTF-8.
 *
 * <p>It is a sum so that it can follow changes: subtract the old row's digest, add the new one's. A row's JSON contains its
 * date and its key, which determine the order, so the order need not be part of it. It is the same on every node and after
 * every restart, and depends only on what a client receives, so that a client can verify its rows.
 */
public record Digest(long a, long b, long c, long d) {

    /** The digest of no rows. */
    public static final Digest NONE = new Digest(0, 0, 0, 0);

    /** Each is a {@code long}. */
    static final int PLACES = 4;

    private static final int BYTES = PLACES * Long.BYTES;

    public static Digest of(Row row) {
        return of(row.json(), row.json().length);
    }

    /**
     * The digest of a row.
     *
     * @param json an array that begins with its JSON
     * @param length how many bytes that has
     */
    public static Digest of(byte[] json, int length) {
        MessageDigest sha256 = sha256();
        sha256.update(json, 0, length);
        LongBuffer places = ByteBuffer.wrap(sha256.digest()).asLongBuffer();
        return new Digest(places.get(), places.get(), places.get(), places.get());
    }

    /** @param sums one for each place, possibly larger than a {@code long}; null for 0 */
    static Digest ofSums(List<String> sums) {
        return new Digest(place(sums.get(0)), place(sums.get(1)), place(sums.get(2)), place(sums.get(3)));
    }

    private static long place(String sum) {
        return sum == null ? 0 : new BigInteger(sum).longValue();
    }

    public Digest plus(Digest other) {
        return new Digest(a + other.a, b + other.b, c + other.c, d + other.d);
    }

    public Digest minus(Digest other) {
        return new Digest(a - other.a, b - other.b, c - other.c, d - other.d);
    }

    /** 43 characters of base64url, usable as an event's id and as an entity tag. */
    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package org.livespan.gzip;

import java.util.zip.CRC32;

/**
 * What a gzip trailer says of some content: its CRC-32 and its length; and the operator with which the CRC-32 of any content
 * followed by this one is computed. So a stream's checksum follows from those of its pieces, and nothing is read again.
 *
 * <p>A CRC-32 is a polynomial over GF(2), modulo that of the checksum. Content that follows multiplies it by <i>x</i> for each
 * of its bits: this power of <i>x</i> is the operator. The highest bit of an {@code int} is the coefficient of
 * <i>x</i><sup>0</sup>.
 *
 * @param crc the CRC-32
 * @param shift the operator, <i>x</i><sup>8 × length</sup>
 * @param length in bytes, modulo 2<sup>32</sup>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#section-8">RFC 1952, section 8</a>
 */
public record Checksum(int crc, int shift, int length) {

    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int ONE = 1 << 31;
    private static final int X_TO_THE_8 = ONE >>> 8;

    /** The checksum of no bytes. */
    public static final Checksum NONE = new Checksum(0, ONE, 0);

    static Checksum of(byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        return new Checksum((int) crc.getValue(), power(X_TO_THE_8, content.length), content.length);
    }

    /** The checksum of this content and then another. */
    public Checksum then(Checksum next) {
        return new Checksum(product(crc, next.shift) ^ next.crc, product(shift, next.shift), length + next.length);
    }

    private static int power(int base, int exponent) {
        int power = ONE;
        int square = base;
        for (int rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                power = product(power, square);
            }
            square = product(square, square);
        }
        return power;
    }

    private static int product(int one, int other) {
        int product = 0;
        int shifted = other;
        for (int rest = one; rest != 0; rest <<= 1) {
            if (rest < 0) {
                product ^= shifted;
            }
            shifted = shifted >>> 1 ^ ((shifted & 1) == 0 ? 0 : POLYNOMIAL);
        }
        return product;
    }
}

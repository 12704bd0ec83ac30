package org.livespan.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The checksum of content in pieces. */
class ChecksumTest {

    private static final int ROUNDS = 2_000;

    @Test
    void it_follows_from_those_of_the_pieces() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var crc = new CRC32();
        Checksum sum = Checksum.NONE;
        int length = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var piece = new byte[random.nextInt(4) == 0 ? random.nextInt(5_000) : random.nextInt(4)];
            random.nextBytes(piece);
            crc.update(piece);
            length += piece.length;
            sum = sum.then(Checksum.of(piece));
            assertThat(sum.crc()).as("seed %d, round %d", seed, round).isEqualTo((int) crc.getValue());
            assertThat(sum.length()).isEqualTo(length);
        }
    }

    @Test
    void it_does_not_depend_on_how_the_pieces_are_put_together() {
        var one = Checksum.of(new byte[] {1, 2, 3});
        var two = Checksum.of(new byte[70_000]);
        var three = Checksum.of(new byte[] {9});
        assertThat(one.then(two).then(three)).isEqualTo(one.then(two.then(three)));
        assertThat(one.then(Checksum.NONE)).isEqualTo(one);
        assertThat(Checksum.NONE.then(one)).isEqualTo(one);
        assertThat(Checksum.of(new byte[0])).isEqualTo(Checksum.NONE);
    }
}

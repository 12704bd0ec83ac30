package org.livespan.gzip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Content in pieces, each compressed by itself, is one gzip member. */
class GzipMemberTest {

    private static final int ROUNDS = 60;

    @Test
    void any_pieces_in_any_order_are_one_member_and_each_can_be_read_as_soon_as_it_is_sent() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<byte[]> contents = contents(random);
            List<Deflated> pieces = contents.stream()
                    .map(content -> random.nextBoolean() ? Deflated.of(content) : Deflated.stored(content))
                    .toList();
            var order = new ArrayList<Integer>();
            for (int i = 0; i < 2 * pieces.size(); i++) {
                order.add(i % pieces.size());
            }
            Collections.shuffle(order, random);
            var member = new GzipMember();
            var client = new Inflated();
            var all = new ByteArrayOutputStream();
            for (int i : order) {
                byte[] bytes = member.add(pieces.get(i));
                all.writeBytes(bytes);
                assertThat(client.take(bytes))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(contents.get(i));
            }
            byte[] end = member.end();
            all.writeBytes(end);
            assertThat(client.take(end)).isEmpty();
            client.requireEnd();
            assertThat(gunzip(all.toByteArray())).isEqualTo(client.content());
        }
    }

    /** Short, long, compressible or not. */
    private static List<byte[]> contents(Random random) {
        var contents = new ArrayList<byte[]>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            var content = new byte[random.nextInt(3) == 0 ? random.nextInt(200_000) : random.nextInt(1_500)];
            int values = random.nextBoolean() ? 256 : 3;
            for (int k = 0; k < content.length; k++) {
                content[k] = (byte) random.nextInt(values);
            }
            contents.add(content);
        }
        return contents;
    }

    private static byte[] gunzip(byte[] bytes) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }

    @Test
    void content_is_compressed_unless_it_is_short() {
        assertThat(Deflated.of("a".repeat(10_000).getBytes(US_ASCII)).bytes().length)
                .isLessThan(100);
        assertThat(Deflated.of("a".repeat(512).getBytes(US_ASCII)).bytes().length)
                .isLessThan(100);
        assertThat(Deflated.of("a".repeat(511).getBytes(US_ASCII)).bytes()).hasSize(5 + 511);
        var noise = new byte[20_000];
        new Random(1).nextBytes(noise);
        assertThat(Deflated.of(noise).bytes()).hasSize(5 + noise.length);
        assertThat(Deflated.stored(new byte[0]).bytes()).isEmpty();
        assertThat(Deflated.stored(new byte[65_535]).bytes()).hasSize(5 + 65_535);
        assertThat(Deflated.stored(new byte[65_536]).bytes()).hasSize(10 + 65_536);
    }

    @Test
    void no_content_at_all_is_a_member_too() throws Exception {
        var client = new Inflated();
        client.take(new GzipMember().end());
        client.requireEnd();
        assertThat(client.content()).isEmpty();
        assertThat(gunzip(GzipMember.of(Collections.emptyIterator()).readAllBytes()))
                .isEmpty();
    }

    @Test
    void a_whole_member_is_read_however_many_bytes_at_a_time() throws Exception {
        var random = new Random(7);
        List<byte[]> contents = contents(random);
        List<Deflated> pieces = contents.stream().map(Deflated::of).toList();
        byte[] whole = GzipMember.of(pieces.iterator()).readAllBytes();
        var client = new Inflated();
        client.take(whole);
        client.requireEnd();
        assertThat(client.content())
                .isEqualTo(Deflated.join(pieces.iterator()).checksum().length() == 0 ? new byte[0] : join(contents));
        for (int atATime : new int[] {1, 7, 1000}) {
            var read = new ByteArrayOutputStream();
            InputStream stream = GzipMember.of(pieces.iterator());
            for (byte[] some = stream.readNBytes(atATime); some.length > 0; some = stream.readNBytes(atATime)) {
                read.writeBytes(some);
            }
            assertThat(stream.read()).isEqualTo(-1);
            assertThat(read.toByteArray()).isEqualTo(whole);
        }
        var single = GzipMember.of(pieces.iterator());
        assertThat(single.read()).isEqualTo(0x1f);
        assertThat(single.read()).isEqualTo(0x8b);
    }

    @Test
    void a_piece_is_taken_when_it_is_due_and_not_before() throws Exception {
        var taken = new ArrayList<Integer>();
        var member = new GzipMember();
        var pieces = List.of(1, 2, 3).stream()
                .map(number -> {
                    taken.add(number);
                    return Deflated.stored(new byte[number]);
                })
                .iterator();
        InputStream stream = member.add(pieces);
        assertThat(taken).isEmpty();
        stream.readNBytes(10 + 5 + 1);
        assertThat(taken).hasSize(1);
        stream.read();
        assertThat(taken).hasSize(2);
    }

    @Test
    void joined_pieces_are_the_content_of_all() {
        List<byte[]> contents = contents(new Random(3));
        var joined = Deflated.join(contents.stream().map(Deflated::of).iterator());
        var member = new GzipMember();
        var client = new Inflated();
        client.take(member.add(joined));
        client.take(member.end());
        client.requireEnd();
        assertThat(client.content()).isEqualTo(join(contents));
    }

    private static byte[] join(List<byte[]> contents) {
        var all = new ByteArrayOutputStream();
        contents.forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Test
    void the_client_of_these_tests_notices_a_second_member_a_wrong_trailer_and_a_missing_end() {
        var member = new GzipMember();
        byte[] first = member.add(Deflated.stored(new byte[] {1}));
        byte[] end = member.end();
        var twice = new Inflated();
        twice.take(first);
        twice.take(end);
        twice.take(first);
        assertThatThrownBy(twice::requireEnd).isInstanceOf(IllegalStateException.class);
        var unended = new Inflated();
        unended.take(first);
        assertThatThrownBy(unended::requireEnd).isInstanceOf(IllegalStateException.class);
        var wrong = new Inflated();
        wrong.take(first);
        byte[] forged = Arrays.copyOf(end, end.length);
        forged[end.length - 1]++;
        wrong.take(forged);
        assertThatThrownBy(wrong::requireEnd).hasMessage("a wrong trailer");
    }
}

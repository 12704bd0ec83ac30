package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.livespan.live.FakeFeed.row;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.livespan.feed.Digest;
import org.livespan.feed.Row;
import org.livespan.gzip.Deflated;
import org.livespan.gzip.GzipMember;
import org.livespan.gzip.Inflated;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** All rows of a window as one JSON array on one line. */
class ResultTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 23, 12, 0);

    @Test
    void an_empty_window_is_an_empty_array() {
        assertThat(json(Result.of(List.of()))).isEqualTo("[]");
    }

    @Test
    void rows_keep_the_order_in_which_they_were_read_with_no_space_between_them() {
        var result = Result.of(List.of(row(NOON, "{\"id\":2}"), row(NOON, "{\"id\":1,\"customer\":\"Zoë 🚚\"}")));
        assertThat(json(result)).isEqualTo("[{\"id\":2},{\"id\":1,\"customer\":\"Zoë 🚚\"}]");
    }

    @Test
    void results_have_the_same_digest_if_and_only_if_their_rows_are_the_same() {
        String digest = Result.of(List.of(row(NOON, "{\"id\":1}"))).digest();
        assertThat(Result.of(List.of(row(NOON, "{\"id\":1}"))).digest()).isEqualTo(digest);
        assertThat(Result.of(List.of(row(NOON, "{\"id\":2}"))).digest()).isNotEqualTo(digest);
        assertThat(Result.of(List.of()).digest()).isNotEqualTo(digest);
    }

    @Test
    void a_stream_of_the_rows_yields_the_bytes_of_the_array_however_many_are_read_at_a_time() throws Exception {
        for (int rows = 0; rows < 4; rows++) {
            var result = Result.of(IntStream.range(0, rows)
                    .mapToObj(n -> row(NOON, "{\"id\":" + n + "}"))
                    .toList());
            assertThat(result.size()).isEqualTo(result.json().length);
            for (int atATime = 1; atATime < 40; atATime++) {
                var read = new ByteArrayOutputStream();
                try (var stream = result.open()) {
                    for (byte[] some = stream.readNBytes(atATime); some.length > 0; some = stream.readNBytes(atATime)) {
                        read.writeBytes(some);
                    }
                    assertThat(stream.read()).isEqualTo(-1);
                }
                assertThat(read.toByteArray()).isEqualTo(result.json());
            }
        }
    }

    @Test
    void a_stream_of_the_rows_can_be_read_byte_by_byte() throws Exception {
        var result = Result.of(List.of(row(NOON, "{\"customer\":\"Zoë\"}")));
        var read = new ByteArrayOutputStream();
        try (var stream = result.open()) {
            for (int one = stream.read(); one >= 0; one = stream.read()) {
                read.write(one);
            }
            assertThat(stream.read(new byte[1], 0, 0)).isZero();
        }
        assertThat(read.toByteArray()).isEqualTo(result.json());
    }

    @Test
    void compressed_it_is_the_same_array_however_many_rows_it_has() {
        for (int rows : new int[] {0, 1, 5, 63, 64, 65, 500, 5_000}) {
            var result = Result.of(IntStream.range(0, rows)
                    .mapToObj(n -> row(n, n, "{\"id\":" + n + "}"))
                    .toList());
            assertThat(inflated(result.deflated())).isEqualTo(result.json());
        }
    }

    private static byte[] inflated(Iterator<Deflated> pieces) {
        var member = new GzipMember();
        var client = new Inflated();
        client.take(member.add(Deflated.join(pieces)));
        client.take(member.end());
        client.requireEnd();
        return client.content();
    }

    /** The parts of the compressed array that are no more than separators. */
    private static List<Deflated> leaves(Result result) {
        var leaves = new ArrayList<Deflated>();
        result.deflated().forEachRemaining(piece -> {
            if (piece.checksum().length() > 1) {
                leaves.add(piece);
            }
        });
        return leaves;
    }

    @Test
    void after_a_change_only_the_leaf_with_the_row_is_compressed_again_in_whichever_window() {
        List<Row> rows = IntStream.range(0, 1_000)
                .mapToObj(n -> row(n, n, "{\"id\":" + n + "}"))
                .toList();
        Image before = Image.of(rows);
        Image after = before.refreshed(SpanSet.of(List.of(new Span(500, 500))), List.of(row(500, 500, "{\"id\":0}")))
                .image();
        var window = new Span(10, 990);
        var edges = new EdgeLeaves();
        List<Deflated> first = leaves(new Result(before, window, Digest.NONE, edges));
        List<Deflated> second = leaves(new Result(after, window, Digest.NONE, edges));
        List<Deflated> other = leaves(new Result(after, new Span(20, 900), Digest.NONE, new EdgeLeaves()));
        assertThat(first).hasSizeGreaterThan(14).hasSameSizeAs(second);
        assertThat(second.stream().filter(leaf -> !contains(first, leaf))).hasSize(1);
        assertThat(other.stream().filter(leaf -> !contains(second, leaf)))
                .as("its own first and last leaf")
                .hasSize(2);
        assertThat(inflated(new Result(after, window, Digest.NONE, edges).deflated()))
                .isEqualTo(after.json(window));
    }

    private static boolean contains(List<Deflated> leaves, Deflated leaf) {
        return leaves.stream().anyMatch(one -> one == leaf);
    }

    @Test
    void the_edges_of_a_window_are_compressed_again_when_their_rows_change() {
        List<Row> rows = IntStream.range(0, 300)
                .mapToObj(n -> row(n, n, "{\"id\":" + n + "}"))
                .toList();
        Image image = Image.of(rows);
        var window = new Span(10, 290);
        var edges = new EdgeLeaves();
        for (int key : new int[] {10, 12, 290, 289, 150, 11}) {
            Image next = image.refreshed(
                            SpanSet.of(List.of(new Span(key, key))),
                            key == 12 ? List.of() : List.of(row(key, key, "{\"new\":" + key + "}")))
                    .image();
            List<Deflated> before = leaves(new Result(image, window, Digest.NONE, edges));
            var result = new Result(next, window, Digest.NONE, edges);
            assertThat(inflated(result.deflated())).isEqualTo(next.json(window));
            assertThat(leaves(result).stream().filter(leaf -> !contains(before, leaf)))
                    .as("key %d", key)
                    .hasSize(1);
            image = next;
        }
    }

    @Test
    void the_array_ends_once() {
        Iterator<Deflated> pieces = Result.of(List.of()).deflated();
        pieces.next();
        pieces.next();
        assertThat(pieces.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(pieces::next);
    }

    private static String json(Result result) {
        return new String(result.json(), StandardCharsets.UTF_8);
    }
}

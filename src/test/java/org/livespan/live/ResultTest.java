package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.live.FakeFeed.row;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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

    private static String json(Result result) {
        return new String(result.json(), StandardCharsets.UTF_8);
    }
}

package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.livespan.time.Span;

/** One result for many clients. */
class SharedResultTest {

    private static final UnsentBytes ROOM = Results.room(1 << 20);

    private final Image image = Image.of(List.of(
            FakeFeed.row(1, 100, "{\"id\":1}"),
            FakeFeed.row(2, 200, "{\"id\":2}"),
            FakeFeed.row(3, 300, "{\"id\":3}")));

    @Test
    void the_first_client_reads_the_rows_themselves_and_all_others_share_the_same_bytes() throws IOException {
        var shared = SharedResult.of(image, new Span(100, 200), 2, ROOM);
        assertThat(shared.json().take()).isNull();
        byte[] bytes = shared.json().take();
        assertThat(shared.json().take()).isSameAs(bytes);
        assertThat(bytes).hasSize((int) shared.size()).asString(UTF_8).isEqualTo("[{\"id\":1},{\"id\":2}]");
        try (var rows = shared.open()) {
            assertThat(rows.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void the_digest_is_that_of_the_rows_between_the_dates() {
        var same = Result.of(List.of(FakeFeed.row(2, 200, "{\"id\":2}")));
        assertThat(SharedResult.of(image, new Span(150, 250), 2, ROOM).digest()).isEqualTo(same.digest());
    }
}

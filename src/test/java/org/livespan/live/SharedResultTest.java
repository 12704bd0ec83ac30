package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.livespan.time.Span;

/** One result for many. */
class SharedResultTest {

    private final Image image = Image.of(List.of(
            FakeFeed.row(1, 100, "{\"id\":1}"),
            FakeFeed.row(2, 200, "{\"id\":2}"),
            FakeFeed.row(3, 300, "{\"id\":3}")));

    @Test
    void all_read_the_same_and_from_the_second_on_the_same_bytes() throws IOException {
        var shared = SharedResult.of(image, new Span(100, 200), 2);
        for (int reader = 0; reader < 3; reader++) {
            try (var rows = shared.open()) {
                assertThat(rows instanceof ByteArrayInputStream).isEqualTo(reader > 0);
                assertThat(rows.readAllBytes())
                        .hasSize((int) shared.size())
                        .asString(UTF_8)
                        .isEqualTo("[{\"id\":1},{\"id\":2}]");
            }
        }
    }

    @Test
    void the_digest_is_that_of_the_rows_between_the_dates() {
        var same = Result.of(List.of(FakeFeed.row(2, 200, "{\"id\":2}")));
        assertThat(SharedResult.of(image, new Span(150, 250), 2).digest()).isEqualTo(same.digest());
    }
}

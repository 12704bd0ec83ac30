package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a stream looks like on the wire, whatever its rows are. */
@OnSharedServer
class StreamFormatIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final Livespan livespan = new Livespan();

    @Test
    void the_headers_of_a_stream_forbid_storing_and_buffering_it() throws Exception {
        var stream = livespan.open("05-01", "05-02");

        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
        assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
        assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
    }

    @Test
    void the_first_event_is_unnamed_and_has_the_result_on_one_line() throws Exception {
        livespan.order("line\nline\r\nline", "05-01");

        var event = livespan.open("05-01", "05-02").next();

        assertThat(event.name()).isNull();
        assertThat(event.id()).isNotEmpty();
        assertThat(event.lines()).filteredOn(line -> line.startsWith("data:")).hasSize(1);
        assertThat(livespan.isTable(event.data(), livespan.day("05-01"), livespan.day("05-02")))
                .isTrue();
    }

    @Test
    void a_window_without_rows_has_a_first_event_too() throws Exception {
        var event = livespan.open("05-01", "05-02").next();

        assertThat(event.data()).isEqualTo("[]");
        assertThat(event.id()).isNotEmpty();
    }

    @Test
    void clients_are_sent_different_reconnection_times() throws Exception {
        var delays = IntStream.range(0, 5).mapToObj(this::retry).toList();

        assertThat(delays).allMatch(delay -> delay.matches("\\d+"));
        assertThat(delays.stream().distinct()).hasSizeGreaterThan(1);
    }

    @Test
    void an_idle_stream_is_sent_heartbeats_that_are_not_events() throws Exception {
        var stream = livespan.open("05-01", "05-02");
        stream.next();
        int before = stream.frames().size();

        await().atMost(PATIENCE).until(() -> stream.frames().size() >= before + 3);

        assertThat(stream.frames().subList(before, before + 3))
                .allMatch(frame -> frame.lines().size() == 1 && frame.comment() != null);
        assertThat(stream.events()).hasSize(1);
    }

    @Test
    void only_a_client_that_asks_for_timing_is_told_after_each_change_how_long_it_took() throws Exception {
        var day = livespan.day("05-01");
        var timed = livespan.openAt(livespan.stream("startDate", day, "endDate", day, "timing", "true"));
        var plain = livespan.open("05-01", "05-01");
        assertThat(timed.next().data()).isEqualTo("[]");
        assertThat(plain.next().data()).isEqualTo("[]");

        for (var customers : List.of(List.of("Ada"), List.of("Ada", "Emmy"))) {
            livespan.order(customers.get(customers.size() - 1), "05-01");
            assertThat(timed.next().customers()).containsExactlyElementsOf(customers);
            var timing = timed.next();
            assertThat(timing.name()).isEqualTo("timing");
            assertThat(Double.parseDouble(JsonText.member(timing.data(), "elapsed")))
                    .isBetween(0.0, PATIENCE.toMillis() * 1.0);
            assertThat(plain.next().customers()).containsExactlyElementsOf(customers);
        }
    }

    @Test
    void a_head_request_gets_the_headers_and_no_stream() throws Exception {
        var answer = Http.send("HEAD", livespan.stream("startDate", livespan.day("05-01")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    }

    private String retry(int client) {
        try {
            var stream = livespan.open("05-01", "05-02");
            stream.next();
            return stream.frames().stream()
                    .filter(frame -> frame.field("retry") != null)
                    .findFirst()
                    .orElseThrow()
                    .field("retry");
        } catch (Exception e) {
            throw new AssertionError("client " + client, e);
        }
    }
}

package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.gzip.InflatedInputStream;

/** A client that accepts gzip gets the same events and results, compressed. */
@OnSharedServer
class CompressionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final Livespan livespan = new Livespan();

    @Test
    void a_stream_is_compressed_for_whoever_accepts_it_and_each_event_can_be_read_at_once() throws Exception {
        livespan.order("Ada", "05-10");
        var gzip = livespan.openAt(may(), "Accept-Encoding", "gzip, deflate, br");
        var plain = livespan.openAt(may());
        assertThat(gzip.header("Content-Type")).startsWith("text/event-stream");
        assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzip.header("Cache-Control")).isEqualTo("no-store");
        assertThat(plain.header("Content-Encoding")).isNull();
        assertThat(gzip.header("Vary")).isEqualTo("Accept-Encoding").isEqualTo(plain.header("Vary"));

        assertSame(gzip, plain);
        for (String customer : List.of("Emmy", "Grace", "Zoë 🚚", "x".repeat(70_000))) {
            livespan.order(customer, "05-11");
            assertSame(gzip, plain);
        }
        int before = gzip.frames().size();
        await("heartbeats").atMost(PATIENCE).until(() -> gzip.frames().size() >= before + 2);
    }

    private static void assertSame(EventStream gzip, EventStream plain) throws Exception {
        var event = gzip.next();
        assertThat(event.lines()).isEqualTo(plain.next().lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"changes", "positions"})
    void so_are_changes(String what) throws Exception {
        livespan.order("Ada", "05-10");
        URI changes = livespan.stream(
                "startDate",
                livespan.day("05-01"),
                "endDate",
                livespan.day("05-31"),
                "mode",
                "changes",
                "positions",
                what.equals("positions") ? "true" : null);
        var gzip = livespan.openAt(changes, "Accept-Encoding", "gzip");
        var plain = livespan.openAt(changes);
        assertSame(gzip, plain);
        for (int i = 0; i < 5; i++) {
            livespan.order("Emmy", "05-11");
            assertSame(gzip, plain);
            // Many rows, so that they are compressed
            livespan.execute("insert into orders (customer, amount, created_at) select 'Grace', n, '"
                    + livespan.day("05-12") + "' from generate_series(1, 100) n");
            assertSame(gzip, plain);
            livespan.execute("delete from orders where customer = 'Grace' and amount < 90 and created_at = '"
                    + livespan.day("05-12") + "'");
            assertSame(gzip, plain);
        }
    }

    @Test
    void clients_of_overlapping_large_windows_get_their_own_rows() throws Exception {
        livespan.execute("insert into orders (customer, amount, created_at) select 'Ada', n, timestamptz '"
                + livespan.day("05-01") + "' + n * interval '20 minutes' from generate_series(1, 1900) n");
        var streams = new ArrayList<EventStream>();
        for (int day = 10; day < 20; day++) {
            streams.add(livespan.openAt(
                    livespan.stream(
                            "startDate", livespan.day("05-" + day + "T07:35:00Z"), "endDate", livespan.day("05-31")),
                    "Accept-Encoding",
                    "gzip"));
        }
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < streams.size(); i++) {
                assertThat(livespan.isTable(
                                streams.get(i).next().data(), livespan.day("05-" + (10 + i) + " 07:35Z"), endOfMay()))
                        .isTrue();
            }
            livespan.execute("update orders set amount = 0 where created_at = '"
                    + livespan.day("05-2" + (5 + round) + " 00:00Z") + "'");
        }
    }

    private String endOfMay() {
        return livespan.day("05-31 23:59:59.999999Z");
    }

    @Test
    void a_stream_that_livespan_ends_has_the_end_of_gzip() throws Exception {
        orders(Livespan.WINDOW_ROWS);
        var stream = livespan.openAt(may(), "Accept-Encoding", "gzip");
        assertThat(stream.next().customers()).hasSize(Livespan.WINDOW_ROWS);
        orders(1);
        var error = stream.next();
        assertThat(error.name()).isEqualTo("error");
        assertProblem(error.data(), 413);
        await().atMost(PATIENCE).until(stream::hasEnded);
        assertThat(stream.hasEndedInOrder()).as("%s", stream).isTrue();
    }

    private void orders(int number) throws Exception {
        livespan.execute("insert into orders (customer, amount, created_at) select 'Ada', n, '"
                + livespan.day("05-10 12:00Z") + "' from generate_series(1, " + number + ") n");
    }

    @Test
    void a_client_that_returns_with_the_digest_gets_no_second_copy_compressed_or_not() throws Exception {
        livespan.order("Ada", "05-10");
        String digest = livespan.openAt(may(), "Accept-Encoding", "gzip").next().id();
        for (String accepted : List.of("gzip", "identity")) {
            var again = livespan.openAt(may(), "Accept-Encoding", accepted, "Last-Event-ID", digest);
            await("heartbeats").atMost(PATIENCE).until(() -> again.frames().size() >= 3);
            assertThat(again.events()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "br", "*;q=0"})
    void a_client_that_does_not_accept_it_gets_plain_bytes(String accepted) throws Exception {
        livespan.order("Ada", "05-10");
        var stream = livespan.openAt(may(), "Accept-Encoding", accepted);
        assertThat(stream.header("Content-Encoding")).isNull();
        assertThat(stream.next().customers()).containsExactly("Ada");
        var rows = Http.get(rows(), "Accept-Encoding", accepted);
        assertThat(rows.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(rows.headers().firstValue("Vary")).contains("Accept-Encoding");
        assertThat(Rows.customers(rows.body())).containsExactly("Ada");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, Livespan.WINDOW_ROWS})
    void a_plain_result_is_compressed_and_its_tag_is_weak(int number) throws Exception {
        orders(number);
        var plain = Http.get(rows());
        var gzip = compressed(rows());
        assertThat(gzip.statusCode()).isEqualTo(200);
        assertThat(header(gzip, "Content-Type")).isEqualTo("application/json");
        assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(gzip, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(header(gzip, "ETag")).isEqualTo("W/" + header(plain, "ETag"));
        assertThat(header(plain, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(new InflatedInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .asString()
                .isEqualTo(plain.body());
        if (number > 1_000) {
            assertThat(gzip.body().length).isLessThan(plain.body().length() / 4);
        }
    }

    @Test
    void either_tag_spares_a_client_a_second_copy_compressed_or_not() throws Exception {
        livespan.order("Ada", "05-10");
        String strong = header(Http.get(rows()), "ETag");
        for (String accepted : List.of("gzip", "identity")) {
            for (String known : List.of(strong, "W/" + strong)) {
                var answer = Http.get(rows(), "Accept-Encoding", accepted, "If-None-Match", known);
                assertThat(answer.statusCode()).isEqualTo(304);
                assertThat(answer.body()).isEmpty();
                assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
                assertThat(header(answer, "ETag")).isEqualTo(accepted.equals("gzip") ? "W/" + strong : strong);
                assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
            }
        }
    }

    @Test
    void a_head_request_gets_the_headers_of_the_compressed_result() throws Exception {
        livespan.order("Ada", "05-10");
        var head = Http.send("HEAD", rows(), "Accept-Encoding", "gzip");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(head, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(header(head, "ETag")).startsWith("W/");
        assertThat(head.body()).isEmpty();
        var stream = Http.send("HEAD", may(), "Accept-Encoding", "gzip");
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(header(stream, "Vary")).isEqualTo("Accept-Encoding");
    }

    @Test
    void problems_are_not_compressed() throws Exception {
        for (URI wrong : List.of(livespan.rows("startDate", "tomorrow"), livespan.stream("startDate", "tomorrow"))) {
            var answer = Http.get(wrong, "Accept-Encoding", "gzip");
            assertProblem(answer, 400);
            assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        }
    }

    private URI may() {
        return livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"));
    }

    private URI rows() {
        return livespan.rows("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return String.join(", ", answer.headers().allValues(name));
    }

    private static HttpResponse<byte[]> compressed(URI address) throws Exception {
        var request = HttpRequest.newBuilder(address)
                .header("Accept-Encoding", "gzip")
                .build();
        return Http.CLIENT.send(request, BodyHandlers.ofByteArray());
    }
}

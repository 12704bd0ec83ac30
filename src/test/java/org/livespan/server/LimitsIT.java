package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;
import static org.livespan.server.ProblemAssert.assertRetryAfter;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** A window that is too large, and one client too many. */
@OnSharedServer
class LimitsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final Livespan livespan = new Livespan();

    @Test
    void a_window_over_the_limit_is_refused_to_streams_and_plain_requests_and_one_at_it_is_not() throws Exception {
        orders(Livespan.WINDOW_ROWS);
        assertThat(Rows.customers(livespan.get("05-01", "05-31").body())).hasSize(Livespan.WINDOW_ROWS);
        var stream = livespan.open("05-01", "05-31");
        assertThat(stream.next().customers()).hasSize(Livespan.WINDOW_ROWS);

        orders(1);
        // Until then the window is open, and new clients are shown what the others see
        assertThat(stream.next().name()).isEqualTo("error");
        var plain = livespan.get("05-01", "05-31");
        assertProblem(plain, 413);
        assertThat(plain.body()).contains(String.valueOf(Livespan.WINDOW_ROWS));
        // Answers 503 until a seat of a client of another test is free
        assertProblem(await().atMost(PATIENCE).until(() -> Http.get(may()), answer -> answer.statusCode() != 503), 413);
    }

    @Test
    void a_window_that_outgrows_the_limit_ends_with_a_problem_and_can_be_reopened_once_it_shrinks() throws Exception {
        orders(Livespan.WINDOW_ROWS);
        var one = livespan.open("05-01", "05-31");
        var other = livespan.open("05-01", "05-31");
        assertThat(one.next().customers()).hasSize(Livespan.WINDOW_ROWS);
        assertThat(other.next().customers()).hasSize(Livespan.WINDOW_ROWS);

        orders(1);
        for (var stream : new EventStream[] {one, other}) {
            var error = stream.next();
            assertThat(error.name()).isEqualTo("error");
            assertProblem(error.data(), 413);
            await().atMost(PATIENCE).until(stream::hasEnded);
            assertThat(stream.last()).isEqualTo(error);
        }

        livespan.execute("delete from orders where customer = 'one of many'");
        assertThat(livespan.open("05-01", "05-31").next().data()).isEqualTo("[]");
    }

    @Test
    void one_client_too_many_gets_503_and_is_admitted_when_another_has_left() throws Exception {
        try (var clients = Clients.hold(Livespan.CLIENTS, may())) {
            var refused = Http.get(may());
            assertProblem(refused, 503);
            assertRetryAfter(refused.headers());
            assertThat(livespan.get("05-01", "05-31").statusCode()).isEqualTo(200);

            clients.admitted().get(0).close();
            try (var next = Clients.hold(1, may())) {
                assertThat(next.admitted().get(0).next().data()).isEqualTo("[]");
            }
        }
    }

    @Test
    @TakesLong
    void a_refused_client_keeps_no_seat() throws Exception {
        orders(Livespan.WINDOW_ROWS + 1);
        var june = livespan.stream("startDate", livespan.day("06-01"), "endDate", livespan.day("06-30"));
        try (var clients = Clients.hold(Livespan.CLIENTS, june)) {
            clients.admitted().get(0).close();
            // One seat is free now: if a refused client kept it, the next one would get 503
            await().atMost(PATIENCE).until(() -> Http.get(may()).statusCode() == 413);
            for (int i = 0; i < 10; i++) {
                assertThat(Http.get(may()).statusCode()).isEqualTo(413);
            }
            var last = EventStream.open(june);
            assertThat(last.status()).isEqualTo(200);
            assertThat(askAtOnce(Livespan.CLIENTS, june)).containsOnly(503);
            last.close();
            Clients.hold(1, june).close();
        }
    }

    private static List<Integer> askAtOnce(int times, URI uri) {
        var request = HttpRequest.newBuilder(uri).build();
        var asked = Stream.generate(() -> Http.CLIENT.sendAsync(request, BodyHandlers.discarding()))
                .limit(times)
                .toList();
        return asked.stream().map(answer -> answer.join().statusCode()).toList();
    }

    private URI may() {
        return livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"));
    }

    private void orders(int number) throws Exception {
        livespan.execute("insert into orders (customer, amount, status, created_at) select 'one of many', n, 'new', '"
                + livespan.day("05-15") + "' from generate_series(1, " + number + ") n");
    }
}

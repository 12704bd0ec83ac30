package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;
import static org.livespan.server.ProblemAssert.assertRetryAfter;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** Many clients at once. */
@TakesLong
@OnSharedServer
class CrowdIT {

    private static final int VISITORS = 2 * Livespan.CLIENTS;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int VISITORS_AT_ONCE = 40;

    @RegisterExtension
    final Livespan livespan = new Livespan();

    @Test
    void all_clients_of_a_window_get_the_same_events() throws Exception {
        livespan.order("Ada", "05-10");
        try (var clients = Clients.hold(Livespan.CLIENTS / 2, window("05"))) {
            var first = clients.admitted().get(0).next();
            livespan.order("Emmy", "05-11");
            var second = clients.admitted().get(0).next();

            assertThat(first.customers()).containsExactly("Ada");
            assertThat(second.customers()).containsExactly("Ada", "Emmy");
            for (var client : clients.admitted().subList(1, clients.admitted().size())) {
                assertThat(List.of(client.next(), client.next())).containsExactly(first, second);
            }
        }
    }

    @Test
    void all_seats_are_free_again_after_twice_as_many_clients_have_come_and_left_at_once() throws Exception {
        var visitors = Executors.newFixedThreadPool(VISITORS_AT_ONCE);
        try {
            var visits = new ArrayList<Future<?>>();
            for (int i = 0; i < VISITORS; i++) {
                var address = window("0" + (1 + i % 9));
                visits.add(visitors.submit(() -> Clients.hold(1, address).close()));
            }
            for (var visit : visits) {
                visit.get();
            }
        } finally {
            visitors.shutdownNow();
        }

        try (var clients = Clients.hold(Livespan.CLIENTS, window("05"))) {
            livespan.order("Ada", "05-10");
            for (var client : clients.admitted()) {
                assertThat(client.next().data()).isEqualTo("[]");
                assertThat(client.next().customers()).containsExactly("Ada");
            }
        }
    }

    @Test
    void if_twice_as_many_clients_as_seats_come_at_once_each_seat_is_taken_and_the_others_get_503() throws Exception {
        try (var server = livespan.server().jvm()) {
            await().atMost(PATIENCE).until(() -> server.streams("Open") == 0);
        }
        livespan.order("Ada", "05-10");
        var request = HttpRequest.newBuilder(window("05")).build();
        var answers = Stream.generate(() -> Http.CLIENT.sendAsync(request, BodyHandlers.ofInputStream()))
                .limit(2L * Livespan.CLIENTS)
                .toList();

        var admitted = new ArrayList<EventStream>();
        for (var future : answers) {
            var answer = future.get();
            if (answer.statusCode() == 200) {
                admitted.add(livespan.closedAfterwards(EventStream.of(answer)));
            } else {
                assertRetryAfter(answer.headers());
                assertProblem(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8), 503);
            }
        }
        assertThat(admitted).hasSize(Livespan.CLIENTS);
        livespan.order("Emmy", "05-11");
        for (var stream : admitted) {
            assertThat(stream.next().customers()).containsExactly("Ada");
            assertThat(stream.next().customers()).containsExactly("Ada", "Emmy");
            stream.close();
        }
        Clients.hold(Livespan.CLIENTS, window("06")).close();
    }

    private URI window(String month) {
        return livespan.stream("startDate", livespan.day(month + "-01"), "endDate", livespan.day(month + "-28"));
    }
}

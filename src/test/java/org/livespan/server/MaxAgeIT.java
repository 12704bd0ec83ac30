package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** Streams do not last longer than {@code livespan.stream.max-age}, and clients lose nothing by that. */
@TakesLong
@OnSharedServer
class MaxAgeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CLIENTS = 30;

    /** How often each client returns. */
    private static final int RETURNS = 2;

    @RegisterExtension
    final Livespan livespan = Livespan.ofBriefStreams();

    @Test
    void streams_end_in_order_after_more_than_half_of_their_maximum_age_and_not_all_at_once() throws Exception {
        livespan.order("Ada", "05-10");
        var begun = new ArrayList<Instant>();
        var streams = new ArrayList<EventStream>();
        for (int i = 0; i < CLIENTS; i++) {
            begun.add(Instant.now());
            String accepted = i % 2 == 0 ? "gzip" : "identity";
            streams.add(livespan.closedAfterwards(EventStream.open(may(null), "Accept-Encoding", accepted)));
        }

        await().atMost(PATIENCE).until(() -> streams.stream().allMatch(EventStream::hasEnded));

        assertThat(streams).allMatch(EventStream::hasEndedInOrder);
        assertThat(streams)
                .allSatisfy(stream -> assertThat(stream.next().customers()).containsExactly("Ada"));
        var ages = new ArrayList<Duration>();
        for (int i = 0; i < CLIENTS; i++) {
            ages.add(Duration.between(begun.get(i), streams.get(i).end()));
        }
        assertThat(ages).allSatisfy(age -> assertThat(age).isGreaterThan(Livespan.BRIEF.dividedBy(2)));
        var ends = streams.stream().map(EventStream::end).sorted().toList();
        assertThat(Duration.between(ends.get(0), ends.get(CLIENTS - 1))).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void a_returning_client_has_missed_nothing_and_is_sent_nothing_twice() throws Exception {
        livespan.order("Ada", "05-10");
        var clients = Stream.of(null, null, "changes", "changes")
                .map(mode -> livespan.closedAfterwards(ReturningClient.start(may(mode))))
                .toList();

        for (int i = 0; clients.stream().anyMatch(client -> client.returns() < RETURNS); i++) {
            livespan.execute(
                    "update orders set amount = amount + 1 where created_at = '" + livespan.day("05-10 12:00Z") + "'");
            // Each of them in turn, as the others may be between two streams
            awaitTruth(clients.get(i % clients.size()));
        }

        for (var client : clients) {
            awaitTruth(client);
        }
    }

    @Test
    void a_client_that_returns_to_unchanged_rows_is_sent_nothing_until_the_next_change() throws Exception {
        livespan.order("Ada", "05-10");
        var clients = Stream.of(null, "changes")
                .map(mode -> livespan.closedAfterwards(ReturningClient.start(may(mode))))
                .toList();

        for (var client : clients) {
            await().atMost(PATIENCE).failFast(client::requireNoFailure).until(() -> client.returns() >= RETURNS);
        }

        assertThat(clients).allSatisfy(client -> assertThat(client.events()).isEqualTo(1));
        livespan.order("Emmy", "05-11");
        for (var client : clients) {
            awaitTruth(client);
            assertThat(client.events()).isEqualTo(2);
        }
    }

    private void awaitTruth(ReturningClient client) throws Exception {
        String truth = livespan.get("05-01", "05-31").body();
        await().atMost(PATIENCE).failFast(client::requireNoFailure).until(() -> truth.equals(client.json()));
    }

    private URI may(String mode) {
        return livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"), "mode", mode);
    }
}

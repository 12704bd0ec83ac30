package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;
import static org.livespan.server.ProblemAssert.assertRetryAfter;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.database.TestDatabase;
import org.livespan.tool.TakesLong;

/** Many plain requests at once while the table is locked, so that whoever reads it is seen waiting. */
@TakesLong
@OnSharedServer
class ManyPlainGetsIT {

    private static final int MANY = 64;
    private static final int MOST_READS_AT_ONCE = 2;
    private static final int MOST_THAT_WAIT = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String READING =
            "from pg_stat_activity where application_name = 'livespan' and wait_event_type = 'Lock'";

    @RegisterExtension
    final Livespan livespan = Livespan.ofBriefStreams();

    private Connection observer;

    @BeforeEach
    void there_is_an_order_of_may() throws Exception {
        // Without a notification: another server on this database would read the row, and be counted here
        livespan.executeUnnoticed("insert into orders (customer, amount, status, created_at) values ('Ada', 1, 'new', '"
                + livespan.day("05-10T12:00:00Z") + "')");
        observer = livespan.closedAfterwards(TestDatabase.get().connect());
    }

    @AfterEach
    void the_lock_is_released() throws Exception {
        livespan.reconnect();
    }

    @Test
    void plain_requests_for_watched_rows_are_answered_without_reading_the_table() throws Exception {
        assertThat(livespan.open("05-01", "05-31").next().customers()).containsExactly("Ada");
        lock();
        var whole = send(MANY, any -> from("05-01"));
        var parts = send(9, day -> from("05-0" + (1 + day)));

        assertThat(whole).allSatisfy(answer -> assertShowsAda(answer.join()));
        assertThat(parts).allSatisfy(answer -> assertShowsAda(answer.join()));
        assertThat(reading()).isZero();
    }

    @Test
    void unwatched_windows_are_read_two_at_a_time_and_other_requests_are_answered_meanwhile() throws Exception {
        lock();
        var answers = send(MANY, second -> from("05-01T00:00:%02dZ".formatted(second % 60)));
        await("some read").atMost(PATIENCE).until(() -> reading() == MOST_READS_AT_ONCE);
        for (int other = 0; other < MANY; other++) {
            assertThat(Http.get(livespan.at("feeds")).statusCode()).isEqualTo(200);
            assertThat(reading()).isEqualTo(MOST_READS_AT_ONCE);
        }
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        livespan.execute("commit");

        assertThat(answers).allSatisfy(answer -> assertShowsAda(answer.join()));
    }

    @Test
    void equal_plain_requests_share_reads() throws Exception {
        lock();
        var answers = send(MANY, any -> from("05-01"));
        int reads = 0;
        while (!answers.stream().allMatch(CompletableFuture::isDone)) {
            await("one reads, or all are answered")
                    .atMost(PATIENCE)
                    .until(() -> reading() > 0 || answers.stream().allMatch(CompletableFuture::isDone));
            reads += Integer.parseInt(Sql.query(observer, "select count(pg_cancel_backend(pid)) " + READING));
        }

        assertThat(reads).isLessThan(MANY / 2);
        assertThat(answers).allSatisfy(answer -> assertProblem(answer.join(), 503));
    }

    @Test
    void plain_requests_get_503_while_too_many_are_waiting_and_the_waiting_ones_are_answered() throws Exception {
        lock();
        var answers = send(4 * MANY, second -> from("05-01T00:%02d:%02dZ".formatted(second / 60, second % 60)));
        await("the others are refused")
                .atMost(PATIENCE)
                .until(() -> answers.stream().filter(CompletableFuture::isDone).count()
                        == 4 * MANY - MOST_THAT_WAIT - MOST_READS_AT_ONCE);
        livespan.execute("commit");

        var refused = answers.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.statusCode() != 200)
                .toList();
        assertThat(refused)
                .hasSize(4 * MANY - MOST_THAT_WAIT - MOST_READS_AT_ONCE)
                .allSatisfy(answer -> {
                    assertProblem(answer, 503);
                    assertThat(answer.body()).contains("#too-many-reads");
                    assertRetryAfter(answer.headers());
                });
    }

    private static void assertShowsAda(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Rows.customers(answer.body())).containsExactly("Ada");
    }

    private void lock() throws Exception {
        livespan.execute("begin", "lock table orders in access exclusive mode");
    }

    private int reading() throws Exception {
        return Integer.parseInt(Sql.query(observer, "select count(*) " + READING));
    }

    private URI from(String day) {
        return livespan.rows("startDate", livespan.day(day), "endDate", livespan.day("05-31"));
    }

    private static List<CompletableFuture<HttpResponse<String>>> send(int many, IntFunction<URI> address) {
        return IntStream.range(0, many)
                .mapToObj(address)
                .map(one -> Http.CLIENT.sendAsync(
                        HttpRequest.newBuilder(one).timeout(PATIENCE).build(), BodyHandlers.ofString()))
                .toList();
    }
}

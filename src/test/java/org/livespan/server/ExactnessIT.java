package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Several writers write at random while clients of both modes come and go: every event is one committed state, and the last
 * one is what the database holds. {@code -Dlivespan.test.seconds} sets the duration, and {@code -Dlivespan.test.seed}
 * repeats the random choices.
 */
@OnSharedServer
class ExactnessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SECONDS = Long.getLong("livespan.test.seconds", 8);
    private static final long SEED = Long.getLong("livespan.test.seed", System.nanoTime());
    private static final int WRITERS = 3;
    private static final int CLIENTS = 12;
    private static final int PAUSE_MILLIS = 100;

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private final Random random = new Random(SEED);
    private final Map<String, Integer> resultsById = new ConcurrentHashMap<>();
    private final List<CheckedClient> clients = new ArrayList<>();
    private volatile long until;
    private int events;
    private int visits;

    @Test
    void every_event_adds_up_and_every_client_ends_with_the_rows_of_the_database() throws Exception {
        System.out.println("Exactness: -Dlivespan.test.seed=" + SEED + " for " + SECONDS + " s");
        int year = Integer.parseInt(livespan.day("").replace("-", ""));
        livespan.execute(new RandomTransaction(year, random).beginAnew().toArray(String[]::new));
        until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        var writers = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 1; i <= WRITERS; i++) {
            var writer = new RandomWriter(year, new Random(SEED + i));
            writers.add(CompletableFuture.supplyAsync(() -> writer.writeWhile(this::goesOn)));
        }
        while (goesOn()) {
            comeOrGo(year);
            clients.forEach(CheckedClient::requireNoFailure);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MILLIS));
        }
        int transactions = writers.stream().mapToInt(CompletableFuture::join).sum();

        for (var client : clients) {
            agreesWithTheDatabase(client);
        }
        System.out.printf("Exactness: %d transactions, %d clients, %d events%n", transactions, visits, events);
    }

    private boolean goesOn() {
        return System.nanoTime() < until;
    }

    private void comeOrGo(int year) throws Exception {
        if (clients.size() < CLIENTS) {
            open(RandomWindow.next(year, random), random.nextBoolean(), new ShownRows(), null);
            return;
        }
        var leaving = clients.remove(random.nextInt(CLIENTS));
        events += leaving.events();
        var rows = leaving.leave();
        if (random.nextBoolean()) {
            open(leaving.window(), true, rows, leaving.id());
        }
    }

    private void open(RandomWindow window, boolean changes, ShownRows rows, String lastEventId) throws Exception {
        var address = livespan.stream(
                "startDate",
                window.from().toString(),
                "endDate",
                window.to().toString(),
                "mode",
                changes ? "changes" : null,
                "lastEventId",
                lastEventId);
        var request = HttpRequest.newBuilder(address)
                .header("Accept-Encoding", random.nextBoolean() ? "gzip" : "identity")
                .build();
        HttpResponse<InputStream> response = Http.CLIENT.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() == 503) {
            response.body().close();
            return;
        }
        assertThat(response.statusCode()).isEqualTo(200);
        clients.add(new CheckedClient(response, window, rows, resultsById));
        visits++;
    }

    private void agreesWithTheDatabase(CheckedClient client) throws Exception {
        var from = client.window().from().toString();
        var to = client.window().to().toString();
        var plain = Http.get(livespan.rows("startDate", from, "endDate", to));
        assertThat(livespan.isTable(plain.body(), from, to))
                .as("the values that psql gives")
                .isTrue();
        await().atMost(PATIENCE)
                .failFast(client::requireNoFailure)
                .until(() -> client.json().equals(plain.body()));
        if (client.id() != null) {
            assertThat(plain.headers().firstValue("ETag")).contains('"' + client.id() + '"');
        }
        events += client.events();
    }

    @AfterEach
    void everybodyLeaves() {
        clients.forEach(CheckedClient::close);
    }
}

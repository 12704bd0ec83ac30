package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.database.TestDatabase;

/**
 * A plain request after a commit sees it, whether its rows are held or not, while others write, streams come and go,
 * and the listener is lost now and then.
 *
 * <p>It runs for {@code livespan.test.seconds} seconds.
 */
@OnSharedServer
class ReadYourWritesIT {

    private static final long SECONDS = Long.getLong("livespan.test.seconds", 8);
    private static final long SEED = Long.getLong("livespan.test.seed", System.nanoTime());
    private static final int WRITERS = 6;
    private static final int STREAMS = 4;
    private static final int DAYS = 28;
    private static final String LOSE_LISTENER =
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'livespan-listener'";

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private volatile long until;

    @Test
    void a_plain_request_after_a_commit_sees_it() throws Exception {
        System.out.println("Read your writes: -Dlivespan.test.seed=" + SEED + " for " + SECONDS + " s");
        until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        var writers = new ArrayList<CompletableFuture<Integer>>();
        for (int writer = 0; writer < WRITERS; writer++) {
            var random = new Random(SEED + writer);
            var name = "writer " + writer;
            writers.add(CompletableFuture.supplyAsync(() -> writeAndRead(name, random)));
        }
        watch(new Random(SEED - 1), writers);
        int asked = writers.stream().mapToInt(CompletableFuture::join).sum();
        System.out.println("Read your writes: asked " + asked + " times");
        assertThat(asked).isPositive();
    }

    private boolean goesOn() {
        return System.nanoTime() < until;
    }

    private int writeAndRead(String name, Random random) {
        try (Connection connection = TestDatabase.get().connect()) {
            int asked = 0;
            String id = Sql.query(connection, Sql.INSERT, name, day(1) + "T12:00:00Z");
            while (goesOn()) {
                int day = 1 + random.nextInt(DAYS);
                Sql.execute(
                        connection,
                        "update orders set created_at = '" + day(day) + "T12:00:00Z', status = '" + asked
                                + "' where id = " + id);
                int from = 1 + random.nextInt(DAYS);
                int to = from + random.nextInt(DAYS - from + 1);
                var answer = Http.get(livespan.rows("startDate", day(from), "endDate", day(to)));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                String shown = Sql.query(
                        connection,
                        "select status from jsonb_populate_recordset(null::orders, cast(? as jsonb)) where id = " + id,
                        answer.body());
                assertThat(shown)
                        .as(
                                "%s, who wrote to day %s, asked for %s to %s and saw %s",
                                name, day, from, to, answer.body())
                        .isEqualTo(from <= day && day <= to ? Integer.toString(asked) : null);
                asked++;
            }
            return asked;
        } catch (Exception e) {
            throw new AssertionError("seed " + SEED, e);
        }
    }

    private void watch(Random random, List<CompletableFuture<Integer>> writers) throws Exception {
        var streams = new ArrayList<EventStream>();
        while (goesOn() && writers.stream().noneMatch(CompletableFuture::isCompletedExceptionally)) {
            if (streams.size() == STREAMS) {
                streams.remove(random.nextInt(STREAMS)).close();
            }
            int from = 1 + random.nextInt(DAYS / 2);
            var stream = livespan.openAt(
                    livespan.stream("startDate", day(from), "endDate", day(from + random.nextInt(DAYS / 2))));
            stream.next();
            streams.add(stream);
            if (random.nextInt(20) == 0) {
                livespan.query(LOSE_LISTENER);
            }
        }
    }

    private String day(int day) {
        return livespan.day("05-%02d".formatted(day));
    }
}

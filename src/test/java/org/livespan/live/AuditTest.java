package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.feed.AuditInterval;
import org.livespan.monitor.TableMonitor;
import org.livespan.time.Span;

/** When slices are compared, and how long the audit rests between them. */
class AuditTest {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** More than one slice. */
    private static final int ROWS = 2_500;

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor reading = new ManualExecutor();
    private final ManualExecutor executor = new ManualExecutor();
    private final Findings findings = new Findings(new TableMonitor());
    private final LiveFeed live = new TestNode(feed, reading)
            .with(new RowLimits(ROWS, ROWS))
            .with(findings)
            .live();

    @BeforeEach
    void there_are_rows() {
        feed.commit(transaction -> {
            for (int row = 0; row < ROWS; row++) {
                transaction.put(row, row, "{\"id\":" + row + "}");
            }
        });
        feed.toldTo(live::changed);
        feed.hearAll();
    }

    @Test
    void it_does_not_start_if_the_interval_is_zero() {
        audit(Duration.ZERO).start();
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void it_looks_every_second_and_queries_nothing_while_no_rows_are_held() {
        Audit audit = audit(Duration.ofMinutes(5));
        audit.start();
        for (int look = 0; look < 3; look++) {
            assertThat(executor.nextDelay()).isEqualTo(LOOK_EVERY);
            executor.runNext();
        }
        assertThat(feed.reads()).isEmpty();
        assertThat(audit.age()).isZero();
    }

    @Test
    void it_rests_a_hundred_times_as_long_as_a_slice_took() {
        open();
        audit(Duration.ofNanos(1)).start();
        FeedAudit another = live.audit(new SliceSize(ROWS, ROWS, ROWS));
        for (int before = 0; before < 20; before++) {
            another.isNeeded(0);
            another.compare(0); // The first ones take longer, until the JVM has warmed up
        }
        feed.reads().clear();
        var query = Duration.ofMillis(8);
        feed.beforeRead(() -> takes(query));
        long begin = System.nanoTime();
        executor.runNext();
        var took = Duration.ofNanos(System.nanoTime() - begin);
        Duration rest = query.multipliedBy(99).minus(took);
        assertThat(executor.nextDelay())
                .isGreaterThan(rest.compareTo(LOOK_EVERY) < 0 ? rest : LOOK_EVERY.minusNanos(1))
                .isLessThanOrEqualTo(took.multipliedBy(100));

        executor.runNext();
        assertThat(feed.reads()).as("woken too early, it rests on").hasSize(1);
    }

    @Test
    void it_rests_after_a_failure_even_if_that_was_immediate() {
        open();
        audit(Duration.ofNanos(1)).start();
        feed.goDown();
        executor.runNext();
        assertThat(executor.nextDelay()).isEqualTo(LOOK_EVERY);
        feed.comeBack();
        executor.runNext();
        assertThat(feed.reads()).hasSize(1);
    }

    /** Whatever goes wrong, it has to continue. */
    @Test
    void it_logs_an_unexpected_error_and_continues() {
        open();
        audit(Duration.ofNanos(1)).start();
        feed.beforeRead(() -> {
            throw new IllegalStateException("unforeseen");
        });
        try (var log = LogLines.of(Audit.class)) {
            executor.runNext();
            assertThat(log.lines()).containsExactly("The audit failed with an unexpected error; it continues");
        }
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void it_logs_once_that_it_takes_longer_than_the_interval() {
        open();
        audit(Duration.ofNanos(1)).start();
        try (var log = LogLines.of(Audit.class)) {
            awaitCompared(2);
            assertThat(log.lines()).singleElement().asString().contains("takes longer than", "org.livespan:type=Audit");
            awaitCompared(4);
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void a_difference_is_read_by_a_refresh_and_counted_as_one_finding() {
        open();
        audit(Duration.ofMinutes(5)).start();
        feed.commitUnheard(transaction -> transaction.put(1, 1, "{\"id\":1,\"silent\":true}"));
        awaitCompared(3);
        feed.hearAll();
        reading.runAll();
        assertThat(findings.count()).isEqualTo(1);
    }

    private void open() {
        live.open(Restriction.to(new Span(0, ROWS)), new HeardResults(), FirstResult.HELD);
        reading.runAll();
        feed.reads().clear();
    }

    private void awaitCompared(int slices) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            executor.runNext();
            return feed.reads().size() >= slices;
        });
    }

    private static void takes(Duration query) {
        long end = System.nanoTime() + query.toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    private Audit audit(Duration every) {
        var interval = new AuditInterval() {
            @Override
            public Duration duration() {
                return every;
            }

            @Override
            public boolean isOff() {
                return every.isZero();
            }
        };
        return new Audit(
                List.of(live),
                interval,
                findings,
                new Allowance(Audit.SHARE, Duration.ZERO, System.nanoTime()),
                executor);
    }
}

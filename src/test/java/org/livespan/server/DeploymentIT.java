package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.ObjectName;
import javax.naming.InitialContext;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.livespan.change.Change;
import org.livespan.database.TestDatabase;
import org.livespan.db.DatabaseThreads;
import org.livespan.feed.Feed;
import org.livespan.feed.Feeds;
import org.livespan.feed.Row;
import org.livespan.live.LiveFeeds;
import org.livespan.time.ColumnTime;
import org.livespan.time.DateParameter.Day;
import org.livespan.time.DateRange;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * The WAR as Arquillian deploys it: its beans from inside, its addresses from outside. Each test has its own year in
 * the table.
 */
@ArquillianTest
@ResourceLock(OnSharedServer.LOCK) // for the table of orders
class DeploymentIT {

    private static final long PATIENCE_SECONDS = 30;
    private static final String EXECUTOR = "java:app/concurrent/livespan-";

    @Resource(lookup = "java:app/jdbc/livespan")
    DataSource dataSource;

    @Inject
    Feeds feeds;

    @Inject
    LiveFeeds live;

    @Inject
    DatabaseThreads threads;

    @Inject
    Event<Change> changes;

    @Deployment
    static WebArchive livespan() {
        var assertj = Assertions.class.getProtectionDomain().getCodeSource().getLocation();
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("livespan.test.war")))
                .addClasses(Sql.class, Rows.class, OpenWindow.class)
                .addAsLibrary(new File(assertj.getPath()));
    }

    @Test
    void rows_written_with_sql_are_read_through_jpa() throws Exception {
        insert("Ada", "2501-05-10T12:00:00.123456Z");

        List<Row> rows;
        try (var snapshot = orders().snapshot()) {
            rows = snapshot.read(new SpanSet(List.of(year(2501))), 10);
        }

        assertThat(rows).hasSize(1);
        assertThat(ColumnTime.toLocalDateTime(rows.get(0).date())).hasToString("2501-05-10T12:00:00.123456");
        assertThat(Rows.customers(new String(rows.get(0).json(), StandardCharsets.UTF_8)))
                .containsExactly("Ada");
    }

    @Test
    void a_window_is_notified_of_a_committed_row() throws Exception {
        try (var window = open(2502)) {
            assertThat(window.next()).isEqualTo("[]");
            insert("Ada", "2502-05-10T12:00:00Z");
            assertThat(Rows.customers(window.next())).containsExactly("Ada");
        }
    }

    @Test
    void firing_a_change_makes_a_window_read_its_rows_again() throws Exception {
        insert("Ada", "2503-05-10T12:00:00Z");
        try (var window = open(2503)) {
            assertThat(Rows.customers(window.next())).containsExactly("Ada");
            try (var connection = dataSource.getConnection()) {
                Sql.executeUnnoticed(connection, "update orders set customer = 'Ada L.' where customer = 'Ada'");
            }
            changes.fire(Change.ANYTHING);
            assertThat(Rows.customers(window.next())).containsExactly("Ada L.");
        }
    }

    /**
     * A server's own executors may queue tasks instead of starting a thread for each; tasks that wait for one another
     * would then never end.
     */
    @Test
    void an_executor_of_four_database_threads_runs_four_tasks_at_once() throws Exception {
        var all = new CyclicBarrier(5);
        var executor = threads.executor(4);
        for (int i = 1; i < all.getParties(); i++) {
            executor.execute(() -> meet(all));
        }
        all.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        executor.shutdown();
        assertThat(all.isBroken()).isFalse();
    }

    @Test
    void the_thread_factory_of_the_writers_runs_64_threads_at_once() throws Exception {
        ThreadFactory threads = InitialContext.doLookup(EXECUTOR + "writers");
        int writers = 64;
        var all = new CyclicBarrier(writers + 1);
        for (int i = 0; i < writers; i++) {
            threads.newThread(() -> meet(all)).start();
        }
        all.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(all.isBroken()).isFalse();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_counts_of_streams_are_available_through_jmx() throws Exception {
        var streams = new ObjectName("org.livespan:type=Streams,application=\"livespan\"");
        for (String figure : List.of("Open", "Opened", "Closed", "Expired", "Lost", "Stuck")) {
            assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(streams, figure))
                    .asInstanceOf(InstanceOfAssertFactories.LONG)
                    .isNotNegative();
        }
    }

    @Test
    @RunAsClient
    void the_page_and_the_feeds_are_served_under_the_context_path(@ArquillianResource URL url) throws Exception {
        assertThat(Http.get(at(url, "")).statusCode()).isEqualTo(200);
        assertThat(Http.get(at(url, "api/feeds")).body()).contains("\"orders\"");
    }

    @Test
    @RunAsClient
    void a_stream_is_served_and_kept_live(@ArquillianResource URL url) throws Exception {
        try (var connection = TestDatabase.get().connect();
                var stream =
                        EventStream.open(at(url, "api/feeds/orders/stream?startDate=2505-01-01&endDate=2505-12-31"))) {
            assertThat(stream.next().data()).isEqualTo("[]");
            Sql.query(connection, Sql.INSERT, "Ada", "2505-05-10T12:00:00Z");
            assertThat(stream.next().customers()).containsExactly("Ada");
        }
    }

    private static URI at(URL url, String path) {
        return URI.create(url + path);
    }

    private Feed orders() {
        return feeds.named("orders").orElseThrow();
    }

    private Span year(int year) {
        return orders().span(new DateRange(
                Optional.of(new Day(LocalDate.of(year, 1, 1))),
                Optional.of(new Day(LocalDate.of(year, 12, 31))),
                ZoneOffset.UTC));
    }

    private void insert(String customer, String moment) throws Exception {
        try (var connection = dataSource.getConnection()) {
            Sql.query(connection, Sql.INSERT, customer, moment);
        }
    }

    private OpenWindow open(int year) {
        return OpenWindow.of(live, orders(), year(year));
    }
}

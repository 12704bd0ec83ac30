package org.livespan.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which threads of a server are reported missing; their names are those that the servers give them. */
class SelectorsTest {

    private static final List<String> PAYARA = List.of(
            "http-listener-kernel(1) SelectorRunner",
            "http-listener-kernel(2) SelectorRunner",
            "http-thread-pool::http-listener(1)",
            "http-thread-pool::http-listener(2)",
            "main");

    private static final List<String> WILDFLY = List.of(
            "default I/O-1",
            "default I/O-2",
            "default Accept",
            "management I/O-1",
            "management Accept",
            "default task-1");

    private final Selectors selectors = new Selectors();

    @Test
    void an_ended_thread_of_several_is_reported_missing_after_30_seconds() {
        for (List<String> all : List.of(PAYARA, WILDFLY)) {
            var server = new Selectors();
            assertThat(server.missing(all, seconds(0))).isEmpty();
            assertThat(server.missing(all.subList(1, all.size()), seconds(10))).isEmpty();
            assertThat(server.missing(all.subList(1, all.size()), seconds(39))).isEmpty();
            assertThat(server.missing(all.subList(1, all.size()), seconds(40))).isPresent();
        }
    }

    @Test
    void the_kind_of_the_missing_thread_is_reported() {
        selectors.missing(WILDFLY, seconds(0));
        selectors.missing(List.of("default I/O-2"), seconds(1));
        assertThat(selectors.missing(List.of("default I/O-2"), seconds(31))).contains("default I/O-N");
    }

    @Test
    void threads_that_serve_requests_are_not_reported_when_they_end() {
        selectors.missing(PAYARA, seconds(0));
        selectors.missing(PAYARA.subList(0, 2), seconds(1));
        assertThat(selectors.missing(PAYARA.subList(0, 2), seconds(60))).isEmpty();
    }

    @Test
    void threads_of_the_servers_own_clients_are_not_reported_when_they_end() {
        selectors.missing(List.of("XNIO-1 I/O-1", "XNIO-1 Accept", "XNIO-2 I/O-1", "XNIO-2 Accept"), seconds(0));
        selectors.missing(List.of("XNIO-1 I/O-1", "XNIO-1 Accept"), seconds(1));
        assertThat(selectors.missing(List.of("XNIO-1 I/O-1", "XNIO-1 Accept"), seconds(60)))
                .isEmpty();
    }

    @Test
    void a_closed_listener_is_not_reported_missing() {
        selectors.missing(WILDFLY, seconds(0));
        selectors.missing(WILDFLY.subList(0, 3), seconds(1));
        assertThat(selectors.missing(WILDFLY.subList(0, 3), seconds(60))).isEmpty();
    }

    @Test
    void a_listener_that_is_restarted_within_30_seconds_is_not_reported_missing() {
        selectors.missing(PAYARA, seconds(0));
        selectors.missing(PAYARA.subList(1, 2), seconds(1));
        selectors.missing(PAYARA, seconds(25));
        assertThat(selectors.missing(PAYARA, seconds(60))).isEmpty();
    }

    private static long seconds(int second) {
        return TimeUnit.SECONDS.toNanos(second);
    }
}

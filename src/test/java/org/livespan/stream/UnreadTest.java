package org.livespan.stream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that do not read, and how much may be kept for all of them. */
class UnreadTest {

    private static final long EACH = 100;

    private final List<String> dropped = new ArrayList<>();
    private final Unread unread = new Unread();

    @Test
    void no_client_is_dropped_within_the_limit() {
        for (int i = 0; i < 10; i++) {
            look("connection " + i, 5, "client " + i);
        }
        unread.dropExcess(10 * EACH);
        assertThat(dropped).isEmpty();
    }

    @Test
    void beyond_the_limit_only_the_longest_idle_clients_are_dropped() {
        for (int i = 0; i < 12; i++) {
            look("connection " + i, 2 + i, "client " + i);
        }
        unread.dropExcess(10 * EACH);
        assertThat(dropped).containsExactly("client 11", "client 10");
    }

    @Test
    void a_client_that_has_been_idle_only_for_a_moment_does_not_count() {
        for (int i = 0; i < 100; i++) {
            look("connection " + i, 0, "client " + i);
        }
        unread.dropExcess(10 * EACH);
        assertThat(dropped).isEmpty();
    }

    @Test
    void clients_on_one_connection_may_use_no_more_than_an_eighth_of_the_limit() {
        look("theirs", 3, "one");
        look("theirs", 2, "other");
        look("mine", 4, "alone");
        unread.dropExcess(10 * EACH);
        assertThat(dropped).containsExactly("one");
    }

    @Test
    void while_there_is_too_little_room_the_longest_idle_clients_are_dropped() {
        for (int i = 0; i < 5; i++) {
            look("connection " + i, 2 + i, "client " + i);
        }
        unread.dropWhile(() -> dropped.size() < 2);
        assertThat(dropped).containsExactly("client 4", "client 3");
    }

    private void look(String connection, long seconds, String client) {
        unread.add(connection, SECONDS.toNanos(seconds), EACH, () -> dropped.add(client));
    }
}

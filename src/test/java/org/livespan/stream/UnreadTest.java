package org.livespan.stream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that do not read, and what may be kept for them together. */
class UnreadTest {

    private static final long EACH = 100;

    private final List<String> dropped = new ArrayList<>();
    private final Unread unread = new Unread();

    @Test
    void as_long_as_they_are_few_nobody_is_dropped() {
        for (int i = 0; i < 10; i++) {
            look("connection " + i, 5, "client " + i);
        }
        unread.dropExcess(10 * EACH);
        assertThat(dropped).isEmpty();
    }

    @Test
    void of_too_many_those_are_dropped_that_have_taken_nothing_for_longest() {
        for (int i = 0; i < 12; i++) {
            look("connection " + i, 2 + i, "client " + i);
        }
        unread.dropExcess(10 * EACH);
        assertThat(dropped).containsExactly("client 11", "client 10");
    }

    @Test
    void who_has_not_read_for_a_moment_only_is_none_of_them() {
        for (int i = 0; i < 100; i++) {
            look("connection " + i, 0, "client " + i);
        }
        unread.dropExcess(10 * EACH);
        assertThat(dropped).isEmpty();
    }

    @Test
    void those_of_one_connection_may_be_kept_an_eighth_of_all() {
        look("theirs", 3, "one");
        look("theirs", 2, "other");
        look("mine", 4, "alone");
        unread.dropExcess(10 * EACH);
        assertThat(dropped).containsExactly("one");
    }

    @Test
    void as_long_as_there_is_too_little_room_the_longest_idle_are_dropped() {
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

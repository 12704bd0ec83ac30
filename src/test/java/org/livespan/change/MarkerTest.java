package org.livespan.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.db.ConnectionPool;

/** A notification that a node sends to itself, on a connection that notes what is done with it. */
class MarkerTest {

    private final List<String> done = new ArrayList<>();
    private final ListenBarrier barrier = new ListenBarrier();
    private Throwable broken;
    private Runnable beforeConnection = () -> {};

    @BeforeEach
    void a_pool_and_a_listener() {
        barrier.pool = new ConnectionPool() {
            @Override
            public Connection connection() {
                beforeConnection.run();
                return note(Connection.class);
            }
        };
        barrier.status = new ListenerStatus();
        barrier.status.connected();
    }

    /** {@code execute} delivers the marker at once, as if the listener had heard it. */
    private <T> T note(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            String name = method.getName();
            if (name.equals("setString")) {
                done.add((args[0].equals(1) ? "to " : "marker ") + args[1]);
            } else if (name.equals("setQueryTimeout")) {
                done.add("within " + args[0] + " s");
            } else if (name.equals("execute")) {
                if (broken != null) {
                    throw broken;
                }
                done.add("sent");
                barrier.heard(done.get(done.indexOf("sent") - 1).substring("marker ".length()));
                return true;
            } else if (type == Connection.class && name.equals("close")) {
                done.add("given back");
            }
            return method.getReturnType() == PreparedStatement.class ? note(PreparedStatement.class) : null;
        }));
    }

    @Test
    void it_is_sent_once_and_its_connection_given_back_then() {
        try (Marker marker = barrier.marker()) {
            assertThat(done).isEmpty();
            marker.send();
            marker.send();
            marker.await();
        }
        assertThat(done)
                .hasSize(5)
                .startsWith("within 5 s", "to " + barrier.channel())
                .endsWith("sent", "given back");
        assertThat(barrier.awaited).as("markers that are waited for").isEmpty();
    }

    @Test
    void one_that_is_closed_before_is_not_sent() {
        Marker marker = barrier.marker();
        marker.close();
        marker.send();
        marker.close();
        assertThat(done).containsExactly("given back");
    }

    @Test
    void a_connection_that_fails_is_given_back_and_said_to_who_waits() {
        broken = new SQLException("the connection is broken");
        try (Marker marker = barrier.marker()) {
            marker.send();
            assertThatExceptionOfType(ListenerLostException.class)
                    .isThrownBy(marker::await)
                    .havingRootCause()
                    .withMessage("the connection is broken");
        }
        assertThat(done).endsWith("given back");
    }

    @Test
    void a_listener_that_is_lost_before_it_is_sent_has_not_heard_it() {
        try (Marker marker = barrier.marker()) {
            barrier.lost();
            marker.send();
            assertThatExceptionOfType(ListenerLostException.class).isThrownBy(marker::await);
        }
    }

    @Test
    void there_is_none_while_nobody_listens() {
        barrier.status.lost("the network", false);
        assertThatExceptionOfType(ListenerLostException.class).isThrownBy(barrier::marker);
        assertThat(done).isEmpty();
        assertThat(barrier.lostSince()).get().isInstanceOf(Instant.class);
    }

    @Test
    void there_is_none_if_the_listener_is_lost_while_a_connection_is_waited_for() {
        beforeConnection = () -> barrier.status.lost("the network", false);
        assertThatExceptionOfType(ListenerLostException.class).isThrownBy(barrier::marker);
        assertThat(done).containsExactly("given back");
    }

    @Test
    void waiting_for_all_that_was_committed_is_one_marker() {
        assertThatCode(barrier::await).doesNotThrowAnyException();
        assertThat(done).containsOnlyOnce("sent");
    }

    @Test
    void whether_all_was_heard_is_not_known_if_the_marker_was_not_sent() {
        broken = new SQLException("the connection is broken");
        assertThatExceptionOfType(ListenerLostException.class).isThrownBy(barrier::await);
        assertThat(barrier.awaited).isEmpty();
    }

    @Test
    void memory_that_is_used_up_while_it_is_sent_is_said_to_who_waits() {
        broken = new OutOfMemoryError("for a test");
        try (Marker marker = barrier.marker()) {
            marker.send();
            assertThatThrownBy(marker::await).isSameAs(broken);
        }
    }

    @Test
    void a_failure_of_the_database_is_said_as_the_driver_said_it() {
        broken = new SQLException("the connection is broken");
        try (Marker marker = barrier.marker()) {
            marker.send();
            assertThatThrownBy(marker::hear).isSameAs(broken);
        }
    }

    @Test
    void one_that_comes_back_proves_that_notifications_arrive() {
        assertThat(barrier.echoes()).isTrue();
        assertThat(done).endsWith("sent", "given back");
    }
}

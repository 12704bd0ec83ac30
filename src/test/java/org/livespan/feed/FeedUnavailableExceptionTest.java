package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import jakarta.persistence.QueryTimeoutException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a query took too long, or the database did not answer at all. */
class FeedUnavailableExceptionTest {

    @ParameterizedTest
    @MethodSource("timeouts")
    void a_query_that_took_too_long_is_a_timeout_however_deeply_its_failure_is_nested(Throwable cause) {
        assertThat(new FeedUnavailableException("orders", cause).isTimeout()).isTrue();
        var wrapped = new PersistenceException(new IllegalStateException(cause));
        assertThat(new FeedUnavailableException("orders", wrapped).isTimeout()).isTrue();
        var twice = new FeedUnavailableException("orders", new FeedUnavailableException("orders", cause));
        assertThat(twice.isTimeout()).isTrue();
    }

    static Stream<Throwable> timeouts() {
        return Stream.of(
                new SQLException("canceling statement due to user request", "57014"),
                new SQLException("canceling statement due to statement timeout", "57014"),
                new SQLTimeoutException("the driver gave up"),
                new QueryTimeoutException("the persistence provider's word for it"));
    }

    @ParameterizedTest
    @MethodSource("otherTroubles")
    void any_other_failure_is_not_a_timeout(Throwable cause) {
        assertThat(new FeedUnavailableException("orders", new PersistenceException(cause)).isTimeout())
                .isFalse();
    }

    static Stream<Throwable> otherTroubles() {
        return Stream.of(
                new SQLException("terminating connection due to administrator command", "57P01"),
                new SQLException("permission denied for table orders", "42501"),
                new SQLException("An I/O error occurred", "08006", new SocketTimeoutException("Read timed out")),
                new SQLException("without a state"));
    }
}

package org.livespan.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known about the listener, and since when. */
class ListenerStatusTest {

    private final ListenerStatus status = new ListenerStatus();

    @Test
    void the_listener_is_down_until_it_is_connected() {
        assertThat(status.connectivity().up()).isFalse();
        status.connected();
        assertThat(status.connectivity().up()).isTrue();
        assertThat(status.connectivity().reason()).isEmpty();
    }

    @Test
    void the_listener_has_been_down_since_the_first_loss_for_the_latest_reason() {
        status.connected();
        status.lost("terminated", false);
        Instant since = status.connectivity().since();
        status.lost("refused", true);
        assertThat(status.connectivity()).isEqualTo(Connectivity.down(since, "refused"));
    }

    @Test
    void a_session_that_does_not_answer_counts_as_lost_since_it_was_asked() {
        status.connected();
        status.asked();
        Instant asked = Instant.now();
        status.lost("no answer", false);
        assertThat(status.connectivity().since()).isBeforeOrEqualTo(asked);
    }

    @Test
    void an_answer_gives_the_queue_usage_and_a_later_loss_counts_from_its_own_time() {
        status.connected();
        status.asked();
        status.answered(new Backlog(0.25, 12));
        Instant before = Instant.now();
        status.lost("terminated", false);
        assertThat(status.backlog()).isEqualTo(new Backlog(0.25, 12));
        assertThat(status.connectivity().since()).isAfterOrEqualTo(before);
    }

    @Test
    void the_database_is_away_from_a_refused_attempt_until_a_successful_one() {
        status.lost("refused", true);
        assertThat(status.isDatabaseAway()).isTrue();
        status.opened();
        assertThat(status.isDatabaseAway()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "08001, true",
        "57P03, true",
        "57P01, false",
        "28P01, true",
        "3D000, true",
        "08006, false",
        "53300, false",
        "25006, false",
        ", false"
    })
    void the_sql_state_shows_whether_every_connection_would_be_refused(String state, boolean everybody) {
        assertThat(ConnectFailure.isOfEverybody(new SQLException("no", state))).isEqualTo(everybody);
    }

    @Test
    void the_reason_is_the_message_of_the_driver_and_of_its_cause_if_there_is_one() {
        assertThat(ConnectFailure.reason(new SQLException("It failed.", new IllegalStateException("Read timed out"))))
                .isEqualTo("It failed: Read timed out");
        assertThat(ConnectFailure.reason(new SQLException("It failed."))).isEqualTo("It failed");
    }
}

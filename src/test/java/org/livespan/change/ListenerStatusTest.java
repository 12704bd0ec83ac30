package org.livespan.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of the listener, and since when. */
class ListenerStatusTest {

    private final ListenerStatus status = new ListenerStatus();

    @Test
    void it_does_not_hear_before_it_is_connected() {
        assertThat(status.connectivity().up()).isFalse();
        status.connected();
        assertThat(status.connectivity().up()).isTrue();
        assertThat(status.connectivity().reason()).isEmpty();
    }

    @Test
    void it_is_lost_since_the_first_loss_and_for_the_latest_reason() {
        status.connected();
        status.lost("terminated", false);
        Instant since = status.connectivity().since();
        status.lost("refused", true);
        assertThat(status.connectivity()).isEqualTo(Connectivity.down(since, "refused"));
    }

    @Test
    void a_session_that_did_not_answer_is_lost_since_it_was_asked() {
        status.connected();
        status.asked();
        Instant asked = Instant.now();
        status.lost("no answer", false);
        assertThat(status.connectivity().since()).isBeforeOrEqualTo(asked);
    }

    @Test
    void an_answer_tells_how_full_the_queue_is_and_that_nothing_is_asked() {
        status.connected();
        status.asked();
        status.answered(0.25);
        Instant before = Instant.now();
        status.lost("terminated", false);
        assertThat(status.queueUsage()).isEqualTo(0.25);
        assertThat(status.connectivity().since()).isAfterOrEqualTo(before);
    }

    @Test
    void the_database_is_away_from_an_attempt_that_was_refused_until_one_that_was_not() {
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
    void what_is_refused_to_everybody_is_told_from_what_the_listener_alone_is_refused(String state, boolean everybody) {
        assertThat(ConnectFailure.isOfEverybody(new SQLException("no", state))).isEqualTo(everybody);
    }

    @Test
    void the_reason_is_what_the_driver_says_and_why() {
        assertThat(ConnectFailure.reason(new SQLException("It failed.", new IllegalStateException("Read timed out"))))
                .isEqualTo("It failed: Read timed out");
        assertThat(ConnectFailure.reason(new SQLException("It failed."))).isEqualTo("It failed");
    }
}

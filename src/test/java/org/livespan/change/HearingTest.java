package org.livespan.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of the listener, and since when. */
class HearingTest {

    private final Hearing hearing = new Hearing();

    @Test
    void it_does_not_hear_before_it_is_connected() {
        assertThat(hearing.connectivity().up()).isFalse();
        hearing.connected();
        assertThat(hearing.connectivity().up()).isTrue();
        assertThat(hearing.connectivity().reason()).isEmpty();
    }

    @Test
    void it_is_lost_since_the_first_loss_and_for_the_latest_reason() {
        hearing.connected();
        hearing.lost("terminated", false);
        Instant since = hearing.connectivity().since();
        hearing.lost("refused", true);
        assertThat(hearing.connectivity()).isEqualTo(Connectivity.down(since, "refused"));
    }

    @Test
    void a_session_that_did_not_answer_is_lost_since_it_was_asked() {
        hearing.connected();
        hearing.asked();
        Instant asked = Instant.now();
        hearing.lost("no answer", false);
        assertThat(hearing.connectivity().since()).isBeforeOrEqualTo(asked);
    }

    @Test
    void an_answer_tells_how_full_the_queue_is_and_that_nothing_is_asked() {
        hearing.connected();
        hearing.asked();
        hearing.answered(0.25);
        Instant before = Instant.now();
        hearing.lost("terminated", false);
        assertThat(hearing.queueUsage()).isEqualTo(0.25);
        assertThat(hearing.connectivity().since()).isAfterOrEqualTo(before);
    }

    @Test
    void the_database_is_away_from_an_attempt_that_was_refused_until_one_that_was_not() {
        hearing.lost("refused", true);
        assertThat(hearing.isDatabaseAway()).isTrue();
        hearing.opened();
        assertThat(hearing.isDatabaseAway()).isFalse();
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
        assertThat(Refusal.isOfEverybody(new SQLException("no", state))).isEqualTo(everybody);
    }

    @Test
    void the_reason_is_what_the_driver_says_and_why() {
        assertThat(Refusal.reason(new SQLException("It failed.", new IllegalStateException("Read timed out"))))
                .isEqualTo("It failed: Read timed out");
        assertThat(Refusal.reason(new SQLException("It failed."))).isEqualTo("It failed");
    }
}

package org.livespan.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.livespan.db.ConnectionPool;

/** The thread that sends the marker and waits for it runs when the test says so. */
class HearingProofTest {

    private static final Duration OTHERWISE = Duration.ofSeconds(1);

    private final Queue<Runnable> sending = new ArrayDeque<>();
    private boolean comesBack = true;
    private final HearingProof proof = new HearingProof(
            new ListenBarrier() {
                @Override
                boolean echoes() {
                    return comesBack;
                }
            },
            sending::add);

    @Test
    void before_the_first_proof_the_session_is_assumed_to_hear() {
        assertThat(proof.isUnderWay()).isFalse();
        assertThatCode(proof::require).doesNotThrowAnyException();
    }

    @Test
    void a_marker_that_comes_back_is_proof() {
        proof.begin();
        sending.remove().run();
        assertThatCode(proof::require).doesNotThrowAnyException();
    }

    @Test
    void a_marker_that_does_not_come_back_is_reported_once_as_a_deaf_session() {
        comesBack = false;
        proof.begin();
        sending.remove().run();
        assertThatExceptionOfType(DeafSessionException.class)
                .isThrownBy(proof::require)
                .withMessageContaining("did not arrive within")
                .matches(e -> e.getSQLState().startsWith("08"), "a lost connection");
        assertThatCode(proof::require).as("the next session").doesNotThrowAnyException();
    }

    @Test
    void a_proof_is_under_way_until_its_outcome_is_known_and_checked_more_often_meanwhile() {
        comesBack = false;
        proof.begin();
        assertThat(proof.isUnderWay()).isTrue();
        assertThat(proof.pause(OTHERWISE)).isLessThan(OTHERWISE).isPositive();
        assertThat(proof.pause(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(1));
        assertThatCode(proof::require).as("nobody knows yet").doesNotThrowAnyException();
        sending.remove().run();
        assertThat(proof.isUnderWay()).isFalse();
        assertThat(proof.pause(OTHERWISE)).isEqualTo(OTHERWISE);
    }

    @Test
    void no_proof_begins_while_another_is_under_way() {
        proof.begin();
        proof.begin();
        assertThat(sending).hasSize(1);
        sending.remove().run();
        proof.begin();
        assertThat(sending).hasSize(1);
    }

    @Test
    void a_marker_that_cannot_be_sent_proves_nothing() {
        var barrier = new ListenBarrier();
        barrier.pool = new ConnectionPool() {
            @Override
            public Connection connection() throws SQLException {
                throw new SQLException("the pool is empty");
            }
        };
        assertThat(barrier.echoes()).isTrue();
        requireAfter(new HearingProof(barrier, Runnable::run));
    }

    @Test
    void an_unexpected_failure_of_the_pool_proves_nothing() {
        var barrier = new ListenBarrier();
        barrier.pool = new ConnectionPool() {
            @Override
            public Connection connection() {
                throw new IllegalStateException("the pool is closed");
            }
        };
        requireAfter(new HearingProof(barrier, Runnable::run));
    }

    private static void requireAfter(HearingProof proof) {
        proof.begin();
        assertThat(proof.isUnderWay()).isFalse();
        assertThatCode(proof::require).doesNotThrowAnyException();
    }
}

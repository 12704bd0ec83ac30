package org.livespan.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.change.ListenerStatus;
import org.livespan.db.ConnectionPool;
import org.livespan.db.OwnConnection;

/** When a restart is what a pool needs. */
class PoolHealthTest {

    private final PoolHealth health = new PoolHealth();
    private boolean failing;
    private boolean databaseAnswers = true;
    private boolean asked;

    @BeforeEach
    void there_is_a_pool_and_a_database() {
        health.listener = new ListenerStatus();
        health.pool = new ConnectionPool() {
            @Override
            public boolean isFailing() {
                return failing;
            }
        };
        health.own = new OwnConnection() {
            @Override
            public boolean isGiven() {
                asked = true;
                return databaseAnswers;
            }
        };
    }

    @Test
    void a_pool_that_gives_nothing_for_five_minutes_though_the_database_does_is_lost() {
        failing = true;
        look(0, 299);
        assertThat(health.isLost()).isFalse();
        look(300);
        assertThat(health.isLost()).isTrue();
    }

    @Test
    void one_that_gives_again_is_not() {
        failing = true;
        look(0, 299);
        failing = false;
        look(300);
        failing = true;
        look(310, 599);
        assertThat(health.isLost()).isFalse();
    }

    @Test
    void while_the_database_is_away_no_restart_helps() {
        failing = true;
        databaseAnswers = false;
        look(0, 300, 600);
        databaseAnswers = true;
        look(610);
        assertThat(health.isLost()).isFalse();
    }

    @Test
    void nobody_is_asked_while_the_pool_gives() {
        look(0, 300, 600);
        assertThat(asked).isFalse();
    }

    private void look(int... seconds) {
        for (int second : seconds) {
            health.look(TimeUnit.SECONDS.toNanos(second));
        }
    }
}

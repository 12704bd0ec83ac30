package org.livespan.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.change.ListenerStatus;
import org.livespan.db.ConnectionPool;
import org.livespan.db.OwnConnection;

/** When only a restart helps a pool. */
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
    void a_pool_that_gives_no_connection_for_five_minutes_although_the_database_does_is_lost() {
        failing = true;
        look(0, 299);
        assertThat(health.isLost()).isFalse();
        look(300);
        assertThat(health.isLost()).isTrue();
    }

    @Test
    void a_pool_that_gives_connections_again_is_not_lost() {
        failing = true;
        look(0, 299);
        failing = false;
        look(300);
        failing = true;
        look(310, 599);
        assertThat(health.isLost()).isFalse();
    }

    @Test
    void the_time_while_the_database_is_away_does_not_count() {
        failing = true;
        databaseAnswers = false;
        look(0, 300, 600);
        databaseAnswers = true;
        look(610);
        assertThat(health.isLost()).isFalse();
    }

    @Test
    void the_database_is_not_asked_while_the_pool_gives_connections() {
        look(0, 300, 600);
        assertThat(asked).isFalse();
    }

    private void look(int... seconds) {
        for (int second : seconds) {
            health.look(TimeUnit.SECONDS.toNanos(second));
        }
    }
}

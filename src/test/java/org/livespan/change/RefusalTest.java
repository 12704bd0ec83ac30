package org.livespan.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why the listener was refused tells whether the pool's connections would be, too. */
class RefusalTest {

    @ParameterizedTest
    @CsvSource({
        "unable to connect, 08001, true",
        "wrong password, 28P01, true",
        "no such database, 3D000, true",
        "starting or shutting down, 57P03, true",
        "connection lost, 08006, false",
        "session terminated, 57P01, false",
        "no connection left for this role, 53300, false",
        "unknown, , false"
    })
    void is_of_everybody_or_of_this_session_alone(String reason, String state, boolean ofEverybody) {
        assertThat(Refusal.isOfEverybody(new SQLException(reason, state))).isEqualTo(ofEverybody);
    }
}

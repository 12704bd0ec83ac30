package org.livespan.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of a session that have to be the same in several places. */
class SessionSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"liberty/server.xml", "wildfly/livespan.cli"})
    void the_sessions_of_these_servers_have_the_search_path_that_each_transaction_pins(String file) throws IOException {
        assertThat(Files.readString(Path.of("server-config").resolve(file)))
                .contains("-c search_path=" + SessionSettings.SEARCH_PATH + "\"");
        assertThat(SessionSettings.PIN).contains("'search_path', '" + SessionSettings.SEARCH_PATH + "'");
    }
}

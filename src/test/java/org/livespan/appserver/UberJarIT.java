package org.livespan.appserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.livespan.database.FreePort;
import org.livespan.database.TestDatabase;

/** {@code java -jar livespan-micro.jar}, with no option but the port, as 8080 may be somebody's. */
class UberJarIT {

    private static final int FIRST_PORT = 18_380;

    private ServerProcess server;

    @BeforeEach
    void it_is_started_and_answers() throws IOException {
        var setup = Product.PAYARA_MICRO
                .in(Path.of("target", "server", "uber"), FreePort.from(FIRST_PORT))
                .database(TestDatabase.get());
        var command = List.of(
                Launch.java(),
                "-Xmx" + setup.heap(),
                "-Djava.io.tmpdir=" + setup.scratch(),
                "-jar",
                Built.uberJar().toString(),
                "--port",
                String.valueOf(setup.port()));
        server = setup.launch(new Launch(command, Map.of())).endingWithThisJvm();
        server.awaitAnswer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void it_waits_at_its_port_and_at_no_other_and_is_in_no_multicast_group() throws Exception {
        var sockets = new Sockets(server.pid());

        assertThat(sockets.listeningPorts()).containsExactly(server.port());
        assertThat(sockets.datagramPorts()).isEmpty();
        assertThat(ServerProcess.answers(server.health("live"))).isTrue();
    }
}

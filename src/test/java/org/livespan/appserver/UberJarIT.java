package org.livespan.appserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.livespan.database.FreePort;
import org.livespan.database.TestDatabase;
import org.livespan.tool.TakesLong;

/** {@code java -jar livespan-micro.jar}, on another port, as 8080 may be in use, and with the options of the systemd unit. */
@TakesLong
class UberJarIT {

    private static final int FIRST_PORT = 18_380;
    private static final Duration END_LIMIT = Duration.ofMinutes(1);

    private ServerProcess server;

    @BeforeEach
    void it_is_started_as_a_service_and_answers() throws IOException {
        var setup = Product.PAYARA_MICRO
                .in(Path.of("target", "server", "uber"), FreePort.from(FIRST_PORT))
                .database(TestDatabase.get());
        var command =
                new ArrayList<>(List.of(Launch.java(), "-Xmx" + setup.heap(), "-Djava.io.tmpdir=" + setup.scratch()));
        command.addAll(optionsOfTheUnit());
        command.addAll(List.of("-jar", Built.uberJar().toString(), "--port", String.valueOf(setup.port())));
        server = setup.launch(new Launch(command, Map.of())).endingWithThisJvm();
        server.awaitAnswer();
    }

    /** The options for the JVM in the systemd unit. */
    private static List<String> optionsOfTheUnit() throws IOException {
        var unit = Files.readString(Built.config(Product.PAYARA_MICRO, "livespan.service"));
        return Pattern.compile("-XX:\\S+")
                .matcher(unit)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void it_listens_on_its_port_only_joins_no_multicast_group_and_is_live() throws Exception {
        var sockets = new Sockets(server.pid());

        assertThat(sockets.listeningPorts()).containsExactly(server.port());
        assertThat(sockets.datagramPorts()).isEmpty();
        assertThat(ServerProcess.answers(server.health("live"))).isTrue();
    }

    @Test
    void it_exits_with_code_3_and_logs_why_when_memory_is_used_up() throws Exception {
        Agent.load(MemoryEater.class, server);

        assertThat(server.awaitEnd(END_LIMIT)).isTrue();
        assertThat(server.exitCode()).isEqualTo(3);
        assertThat(server.log()).contains("Terminating due to java.lang.OutOfMemoryError");
    }
}

package org.livespan.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.livespan.database.TestDatabase;

/**
 * {@link Attackers} in a process of their own. They have what the others leave of the processors, as they would have
 * machines of their own.
 */
record AttackProcess(Process process) implements AutoCloseable {

    static AttackProcess start(TestDatabase database, int port, Collection<Attack> attacks) throws IOException {
        var classes = Stream.of(Attackers.class, org.postgresql.Driver.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
        var command = new ArrayList<>(List.of(
                "nice",
                "-n",
                "19",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                classes,
                Attackers.class.getName(),
                database.url(),
                database.user(),
                database.password(),
                String.valueOf(port)));
        attacks.forEach(attack -> command.add(attack.name()));
        return new AttackProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Ends them. Returns how often each attack was repeated. */
    String end() throws IOException {
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package org.livespan.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.livespan.database.TestDatabase;

/** {@link Attackers} in a separate process. It has the lowest priority, as real attackers would have machines of their own. */
record AttackProcess(Process process) implements AutoCloseable {

    static AttackProcess start(TestDatabase database, int port, Collection<Attack> attacks) throws IOException {
        var rest = new ArrayList<>(List.of(String.valueOf(port)));
        attacks.forEach(attack -> rest.add(attack.name()));
        var command = new ArrayList<>(List.of("nice", "-n", "19", JavaProgram.java("java")));
        command.addAll(JavaProgram.arguments("256m", Attackers.class, database, rest));
        return new AttackProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Ends the attacks. Returns how often each was repeated. */
    String end() throws IOException {
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

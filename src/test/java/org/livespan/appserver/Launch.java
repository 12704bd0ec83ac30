package org.livespan.appserver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command of a server, run with the Java that runs this JVM.
 *
 * @param environment in addition to that of this process
 */
record Launch(List<String> command, Map<String, String> environment) {

    private static final String HOME = System.getProperty("java.home");

    static String java() {
        return Path.of(HOME, "bin", "java").toString();
    }

    /** Returns at once; the output goes into the log. */
    Process start(Path log, Map<String, String> more) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", HOME);
        builder.environment().putAll(environment);
        builder.environment().putAll(more);
        return builder.start();
    }

    /**
     * Returns when it has ended.
     *
     * @throws IOException if it failed, with the end of its output
     */
    void run(Path log) throws IOException {
        var process = start(log, Map.of());
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed. " + new ServerLog(log).tail());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", e);
        }
    }
}

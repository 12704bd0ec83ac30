package org.livespan.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A JVM to be killed, with two databases, one of which is stopped. */
final class OtherRun implements AutoCloseable {

    private final Process process;
    private final ProcessHandle postmaster;

    private OtherRun(Process process, ProcessHandle postmaster) {
        this.process = process;
        this.postmaster = postmaster;
    }

    /** Returns when both of its databases have been started. */
    static OtherRun start(Path directory, int port) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherRun.class.getName(),
                        directory.toString(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var postmaster = process.inputReader().readLine();
        if (postmaster == null) {
            throw new IllegalStateException("The other run did not start its databases");
        }
        return new OtherRun(
                process, ProcessHandle.of(Long.parseLong(postmaster)).orElseThrow());
    }

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        var port = Integer.parseInt(arguments[1]);
        try (var stopped = new EmbeddedDatabase(directory, port);
                var running = new EmbeddedDatabase(directory, port)) {
            stopped.start();
            stopped.stop();
            running.start();
            System.out.println(postmaster(running));
            // Ends with the run that started it, in case that run cannot kill it
            System.in.read();
        }
    }

    private static String postmaster(EmbeddedDatabase database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** The first process of the database that it leaves running. */
    ProcessHandle postmaster() {
        return postmaster;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        postmaster.destroyForcibly();
    }
}

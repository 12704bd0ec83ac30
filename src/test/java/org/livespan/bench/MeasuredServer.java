package org.livespan.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a separate process, to be measured. */
record MeasuredServer(String name, Process process, int port) implements AutoCloseable {

    static final Path HOME = Path.of("target", "bench").toAbsolutePath();
    private static final int END_LIMIT_SECONDS = 20;
    private static final int SETTLED_SECONDS = 30;
    private static final double IDLE = 0.1;

    static MeasuredServer start(String name, int port, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(JavaProgram.java("java"));
        command.addAll(arguments);
        var log = HOME.resolve(name + ".log").toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, name + "-stop"));
        return new MeasuredServer(name, process, port);
    }

    CpuTime cpu() {
        return new CpuTime(process.toHandle());
    }

    /** Returns when it is idle: after work of a new kind, its compilers are busy for some seconds. */
    void settle() throws InterruptedException {
        double used = Double.MAX_VALUE;
        for (int second = 0; second < SETTLED_SECONDS && used > IDLE; second++) {
            double before = cpu().seconds();
            TimeUnit.SECONDS.sleep(1);
            used = cpu().seconds() - before;
        }
    }

    /**
     * The size of the reachable objects on its heap. It collects garbage twice: what waits to be finalised goes the second
     * time.
     */
    long liveBytes() throws IOException {
        histogramTotal();
        return histogramTotal();
    }

    private long histogramTotal() throws IOException {
        var histogram = new ProcessBuilder(
                        JavaProgram.java("jcmd"), String.valueOf(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (var lines = histogram.inputReader()) {
            var total = lines.lines().filter(line -> line.startsWith("Total")).toList();
            return Long.parseLong(total.get(0).trim().split("\\s+")[2]);
        }
    }

    /** The memory of the machine that it occupies. */
    long residentBytes() throws IOException {
        var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(process.pid())).start();
        try (var lines = ps.inputReader()) {
            return 1024 * Long.parseLong(lines.readLine().trim());
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

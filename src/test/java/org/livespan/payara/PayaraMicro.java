package org.livespan.payara;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.livespan.database.TestDatabase;

/**
 * How a Payara Micro with the WAR is to be started.
 *
 * @param directory of its log and, while it runs, its temporary files
 * @param heap as {@code -Xmx} takes it
 * @param jvmOptions for {@code java}
 * @param serverOptions for Payara Micro
 */
public record PayaraMicro(Path directory, int port, String heap, List<String> jvmOptions, List<String> serverOptions) {

    /** Of 512 MB, without any option. */
    public static PayaraMicro in(Path directory, int port) {
        return new PayaraMicro(directory, port, "512m", List.of(), List.of());
    }

    public PayaraMicro heap(String most) {
        return new PayaraMicro(directory, port, most, jvmOptions, serverOptions);
    }

    public PayaraMicro jvmOptions(String... more) {
        return new PayaraMicro(directory, port, heap, and(jvmOptions, Stream.of(more)), serverOptions);
    }

    public PayaraMicro serverOptions(String... more) {
        return new PayaraMicro(directory, port, heap, jvmOptions, and(serverOptions, Stream.of(more)));
    }

    /** @param settings {@code name=value} */
    public PayaraMicro settings(String... settings) {
        return jvmOptions(Stream.of(settings).map(setting -> "-D" + setting).toArray(String[]::new));
    }

    public PayaraMicro database(TestDatabase database) {
        return settings(
                "livespan.db.url=" + database.url(),
                "livespan.db.user=" + database.user(),
                "livespan.db.password=" + database.password());
    }

    /** Returns at once; see {@link ServerProcess#awaitAnswer}. */
    public ServerProcess start() throws IOException {
        var command = new ArrayList<>(jvm());
        command.addAll(List.of("-jar", jar().toString()));
        command.addAll(List.of("--deploy", war().toString(), "--contextRoot", "livespan"));
        command.addAll(List.of("--noCluster", "--port", String.valueOf(port)));
        command.addAll(serverOptions);
        return ServerProcess.start(directory, port, command);
    }

    /** Starts it without the WAR, which is deployed and undeployed by what is said to it then. */
    public Redeployment startEmpty() throws IOException {
        var command = new ArrayList<>(jvm());
        command.addAll(List.of("-jar", DeployerJar.write(directory, jar()).toString()));
        command.addAll(List.of(String.valueOf(port), war().toString()));
        return new Redeployment(ServerProcess.start(directory, port, command));
    }

    private List<String> jvm() {
        return and(List.of("-Xmx" + heap), jvmOptions.stream());
    }

    private static List<String> and(List<String> options, Stream<String> more) {
        return Stream.concat(options.stream(), more).toList();
    }

    private static Path jar() {
        return path("payara.microJar", "payara-micro.jar");
    }

    private static Path war() {
        return path("livespan.test.war", "livespan.war");
    }

    /** What a run of tests names, or what a build has made. */
    private static Path path(String property, String made) {
        return Path.of(System.getProperty(property, Path.of("target", made).toString()))
                .toAbsolutePath();
    }
}

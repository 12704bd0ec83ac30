package org.livespan.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.livespan.database.TestDatabase;

/** A program of the benchmark that runs in a separate process and uses the database. */
final class JavaProgram {

    private JavaProgram() {}

    static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    /** The arguments of {@code java} that start the program with the database's URL, user and password, and the rest. */
    static List<String> arguments(String heap, Class<?> main, TestDatabase database, List<String> rest) {
        var classes = Stream.of(main, org.postgresql.Driver.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
        var arguments = new ArrayList<>(List.of(
                "-Xmx" + heap, "-cp", classes, main.getName(), database.url(), database.user(), database.password()));
        arguments.addAll(rest);
        return arguments;
    }
}

package org.livespan.tool;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A program of this machine. A test that needs one which is not there is skipped and says so; where {@code
 * LIVESPAN_TEST_TOOLS=required} is in the environment, as it is where the whole suite has to run, it fails.
 */
public final class Tool {

    private static final boolean REQUIRED = "required".equals(System.getenv("LIVESPAN_TEST_TOOLS"));

    private Tool() {}

    /**
     * Where it is.
     *
     * @param names of the same program, as different systems call it
     */
    public static Path require(String... names) {
        return Stream.of(names)
                .flatMap(name -> find(name).stream())
                .findFirst()
                .orElseThrow(() -> missing(String.join(" or ", names)));
    }

    private static Optional<Path> find(String name) {
        // Administrators' programs are not on everybody's path
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static RuntimeException missing(String name) {
        var message = "This needs " + name + ", which is not installed.";
        return REQUIRED ? new IllegalStateException(message) : new TestAbortedException(message);
    }
}

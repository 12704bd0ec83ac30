package org.livespan.tool;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A program on this machine that tests need. If it is missing, such a test is skipped and says so; if the environment
 * has {@code LIVESPAN_TEST_TOOLS=required}, as in CI, the test fails.
 */
public final class Tool {

    private static final boolean REQUIRED = "required".equals(System.getenv("LIVESPAN_TEST_TOOLS"));

    private Tool() {}

    /**
     * The path of a program.
     *
     * @param names of the same program on different systems
     */
    public static Path require(String... names) {
        return Stream.of(names)
                .flatMap(name -> find(name).stream())
                .findFirst()
                .orElseThrow(() -> missing(String.join(" or ", names)));
    }

    private static Optional<Path> find(String name) {
        // Not every user's path contains the programs of administrators
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

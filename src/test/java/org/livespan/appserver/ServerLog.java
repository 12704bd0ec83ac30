package org.livespan.appserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a server has logged so far. */
record ServerLog(Path file) {

    private static final int TAIL_LINES = 30;

    String text() throws IOException {
        return Files.readString(file);
    }

    String tail() throws IOException {
        var lines = Files.readAllLines(file);
        return "The last lines of " + file + ":\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}

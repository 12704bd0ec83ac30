package org.livespan.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Splits an event stream into frames. */
public final class FrameReader {

    private final Consumer<Frame> taker;
    private final List<String> lines = new ArrayList<>();

    /** @param taker gets each frame when it is complete */
    public FrameReader(Consumer<Frame> taker) {
        this.taker = taker;
    }

    /**
     * Returns when the stream has ended, and closes it.
     *
     * @throws IOException if it was lost, or closed meanwhile
     */
    public void read(InputStream stream) throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isEmpty()) {
                    var frame = new Frame(List.copyOf(lines));
                    lines.clear();
                    taker.accept(frame);
                } else {
                    lines.add(line);
                }
            }
        }
    }

    /** The lines since the last complete frame. */
    List<String> rest() {
        return lines;
    }
}

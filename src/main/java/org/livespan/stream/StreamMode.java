package org.livespan.stream;

import org.livespan.time.Quoted;

/** What a client receives when its window changes. */
enum StreamMode {
    /** The whole result: the default, without a name. */
    RESULTS,
    /** The rows that changed: {@code mode=changes}. */
    CHANGES,
    /** The same with the positions of the rows: {@code mode=changes&positions=true}. */
    POSITIONED_CHANGES;

    /** @throws IllegalArgumentException if there is no such mode */
    static StreamMode parse(String name) {
        if (name.equals("changes")) {
            return CHANGES;
        }
        throw new IllegalArgumentException(
                Quoted.of(name) + " is not a mode. Use changes for only the rows that changed, or omit mode.");
    }

    /** This mode, but with the positions of the rows if it sends changes. */
    StreamMode positioned() {
        return this == CHANGES ? POSITIONED_CHANGES : this;
    }

    /** @param digestShown the digest of the result that the client has, or null */
    Backlog backlog(String digestShown) {
        return switch (this) {
            case RESULTS -> new NewestResult(digestShown);
            case CHANGES -> new ChangesBehind(WindowState::change, digestShown);
            case POSITIONED_CHANGES -> new ChangesBehind(WindowState::positionedChange, digestShown);
        };
    }
}

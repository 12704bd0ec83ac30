package org.livespan.stream;

/** What a client is sent when its window changes. */
enum StreamMode {
    /** The whole result; the default, without a name of its own. */
    RESULTS,
    /** The rows that changed: {@code mode=changes}. */
    CHANGES;

    /** @throws IllegalArgumentException if no mode is called so */
    static StreamMode parse(String name) {
        if (name.equals("changes")) {
            return CHANGES;
        }
        throw new IllegalArgumentException(
                "'" + name + "' is not a mode. Write changes for the rows that changed, or leave it out.");
    }

    /** @param digestShown the digest of the result that the client has already, or null */
    Backlog backlog(String digestShown) {
        return this == CHANGES ? new ChangesBehind(digestShown) : new NewestResult(digestShown);
    }
}

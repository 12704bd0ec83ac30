package org.livespan.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A way to harm others. */
enum Attack {
    OPEN_AND_CLOSE,
    PLAIN_GETS,
    UNREAD_GETS,
    UNREAD_STREAMS,
    MALFORMED_REQUESTS,

    /** Needs a role that may connect to the database. */
    FORGED_NOTIFICATIONS,

    /** The same on a channel that nobody listens on: harm that any role does to its database, whatever listens. */
    UNHEARD_NOTIFICATIONS;

    /** Those that need nothing but HTTP. */
    static List<Attack> overHttp() {
        return Arrays.stream(values())
                .filter(attack -> attack != FORGED_NOTIFICATIONS && attack != UNHEARD_NOTIFICATIONS)
                .toList();
    }

    /** Those, and another. */
    static List<Attack> overHttpAnd(Attack other) {
        return Stream.concat(overHttp().stream(), Stream.of(other)).toList();
    }
}

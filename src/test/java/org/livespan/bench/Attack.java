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

    /** The same on a channel without listeners: the harm that any role can do to its database, with or without Livespan. */
    UNHEARD_NOTIFICATIONS;

    /** The attacks that need nothing but HTTP. */
    static List<Attack> overHttp() {
        return Arrays.stream(values())
                .filter(attack -> attack != FORGED_NOTIFICATIONS && attack != UNHEARD_NOTIFICATIONS)
                .toList();
    }

    /** The attacks over HTTP, and another one. */
    static List<Attack> overHttpAnd(Attack other) {
        return Stream.concat(overHttp().stream(), Stream.of(other)).toList();
    }
}

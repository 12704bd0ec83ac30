package org.livespan.bench;

import java.util.Arrays;
import java.util.List;

/** A way to harm others. */
enum Attack {
    OPEN_AND_CLOSE,
    PLAIN_GETS,
    UNREAD_GETS,
    UNREAD_STREAMS,
    MALFORMED_REQUESTS,

    /** Needs a role that may connect to the database. */
    FORGED_NOTIFICATIONS;

    /** Those that need nothing but HTTP. */
    static List<Attack> overHttp() {
        return Arrays.stream(values())
                .filter(attack -> attack != FORGED_NOTIFICATIONS)
                .toList();
    }
}

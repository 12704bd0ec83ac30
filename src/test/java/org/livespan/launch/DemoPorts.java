package org.livespan.launch;

import org.livespan.database.FreePort;

/** The ports of the demo: the usual ones, or the next free ones above them. */
final class DemoPorts {

    static final String HTTP_PROPERTY = "livespan.demo.port";

    private static final int HTTP = 8080;
    private static final int DATABASE = 54329;

    private DemoPorts() {}

    static int database() {
        return FreePort.from(DATABASE);
    }

    /** Exactly the port that the property names; without it, the usual one or the next free one above it. */
    static int http() {
        var asked = System.getProperty(HTTP_PROPERTY);
        return asked == null ? FreePort.from(HTTP) : exactly(asked);
    }

    private static int exactly(String asked) {
        if (!asked.matches("[1-9]\\d{0,4}") || Integer.parseInt(asked) > 65_535) {
            throw new IllegalArgumentException(
                    HTTP_PROPERTY + " is \"" + asked + "\"; it has to be a port, 1 to 65535");
        }
        var port = Integer.parseInt(asked);
        if (!FreePort.isFree(port)) {
            throw new IllegalArgumentException("Port " + port + " is taken; set " + HTTP_PROPERTY + " to another");
        }
        return port;
    }
}

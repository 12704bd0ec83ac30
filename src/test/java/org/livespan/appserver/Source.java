package org.livespan.appserver;

/** How the servers of this run hear of changes: {@code -Dlivespan.test.source}, by default {@code notify}. */
public enum Source {
    NOTIFY("notify", "Listening on channel", 1),
    WAL("wal", "Following the log", 3);

    private final String setting;
    private final String connected;
    private final int sessions;

    Source(String setting, String connected, int sessions) {
        this.setting = setting;
        this.connected = connected;
        this.sessions = sessions;
    }

    public static Source ofThisRun() {
        return System.getProperty("livespan.test.source", NOTIFY.setting).equals(WAL.setting) ? WAL : NOTIFY;
    }

    /** The one of which this run does not make use, but for nodes that are given it. */
    public Source other() {
        return this == NOTIFY ? WAL : NOTIFY;
    }

    /** As {@code name=value}. */
    public String setting() {
        return "livespan.source=" + setting;
    }

    /** How the line begins that a server logs each time it begins to hear. */
    public String connected() {
        return connected;
    }

    /** How many sessions of the database the listener has. */
    public int sessions() {
        return sessions;
    }

    /** How many threads it has. */
    public int threads() {
        return this == NOTIFY ? 1 : 2;
    }
}

package org.livespan.change;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** Whether the listener hears: written by its one thread, read by everybody. */
@ApplicationScoped
public class ListenerStatus {

    private volatile Connectivity connectivity = Connectivity.down(Instant.now(), "the listener has not connected yet");
    private volatile boolean databaseAway;
    private volatile Instant asked;
    private volatile long lastRound = System.nanoTime();
    private volatile Backlog backlog = Backlog.NONE;
    private volatile String source = "";

    /** Up while every change is heard of; while it is not, what is held may be behind. */
    public Connectivity connectivity() {
        return connectivity;
    }

    /**
     * Whether the database accepts no connections, as of the listener's latest attempt. Then nothing else needs to try, and no
     * server has to log that it failed. False if unknown, or if it refuses only the listener.
     */
    public boolean isDatabaseAway() {
        return databaseAway;
    }

    /** How long the loop has been at the same wait, attempt or question; each of them is bounded. */
    public Duration sinceLastRound() {
        return Duration.ofNanos(System.nanoTime() - lastRound);
    }

    /** What had not been heard when last asked. */
    public Backlog backlog() {
        return backlog;
    }

    /** The source in use, or the one to be used next: {@link ChangeSource#name}. */
    public String source() {
        return source;
    }

    void uses(String name) {
        source = name;
    }

    void round() {
        lastRound = System.nanoTime();
    }

    void opened() {
        databaseAway = false;
    }

    void connected() {
        asked = null;
        connectivity = connectivity.answered(Instant.now());
    }

    /** A sign of life is asked for: if none comes, the session was lost before. */
    void asked() {
        asked = Instant.now();
    }

    void answered(Backlog unheard) {
        asked = null;
        backlog = unheard;
    }

    /** @param away whether it could not be opened, as the database takes no connections */
    void lost(String reason, boolean away) {
        databaseAway = away;
        connectivity = connectivity.failed(asked == null ? Instant.now() : asked, reason);
        asked = null;
    }
}

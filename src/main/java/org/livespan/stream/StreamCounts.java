package org.livespan.stream;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.concurrent.atomic.LongAdder;

/** How many streams there were since the start, and how they ended. Counted by many threads, reported by the pulse's. */
@ApplicationScoped
public class StreamCounts {

    private static final Logger LOG = System.getLogger(StreamCounts.class.getName());

    @Inject
    StreamSettings settings;

    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder stuck = new LongAdder();
    private final LongAdder unread = new LongAdder();
    private final LongAdder unreadAnswers = new LongAdder();

    private long stuckReported;
    private long unreadReported;

    void countOpened() {
        opened.increment();
    }

    void countEnded(Ending ending) {
        switch (ending) {
            case CLOSED -> closed.increment();
            case EXPIRED -> expired.increment();
            case LOST -> lost.increment();
            case STUCK -> stuck.increment();
            case UNREAD -> unread.increment();
        }
    }

    /** A plain result was given up, as its client did not read and its rows were too many with those of others. */
    void countUnreadAnswer() {
        unreadAnswers.increment();
    }

    /** Says how many were dropped since it last said so, if any were; one line however many. */
    void report() {
        long now = stuck.sum();
        if (now > stuckReported) {
            LOG.log(
                    INFO,
                    "{0} clients were dropped: they had not taken an event within livespan.stream.send-timeout={1}",
                    now - stuckReported,
                    settings.sendTimeout());
            stuckReported = now;
        }
        reportUnread();
    }

    private void reportUnread() {
        long now = unread.sum() + unreadAnswers.sum();
        if (now > unreadReported) {
            LOG.log(
                    INFO,
                    "{0} clients were dropped: they did not read, and what was kept for all such clients came to more than"
                            + " livespan.limits.unsent-bytes allows",
                    now - unreadReported);
            unreadReported = now;
        }
    }

    /** Streams that are open now. */
    public long open() {
        return opened() - closed() - expired() - lost() - stuck() - unread();
    }

    /** Streams that were begun. */
    public long opened() {
        return opened.sum();
    }

    /** Of those: ended by this side, with the window or the server. */
    public long closed() {
        return closed.sum();
    }

    /** Ended by this side as they had reached {@code livespan.stream.max-age}. */
    public long expired() {
        return expired.sum();
    }

    /** Ended by the client, or by the network. */
    public long lost() {
        return lost.sum();
    }

    /** Dropped, as the client had not taken an event within {@code livespan.stream.send-timeout}. */
    public long stuck() {
        return stuck.sum();
    }

    /** Dropped, as the client did not read, and too much was kept for all such clients ({@code livespan.limits.unsent-bytes}). */
    public long unread() {
        return unread.sum();
    }
}

package org.livespan.stream;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The number of streams since the start, and how they ended. Counted by many threads, reported by the pulse's. */
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

    void countEnded(EndReason ending) {
        switch (ending) {
            case CLOSED -> closed.increment();
            case EXPIRED -> expired.increment();
            case LOST -> lost.increment();
            case STUCK -> stuck.increment();
            case UNREAD -> unread.increment();
        }
    }

    /** A plain result was dropped because its client did not read it. */
    void countUnreadAnswer() {
        unreadAnswers.increment();
    }

    /** Logs how many clients were dropped since the last report, in a line for each cause. */
    void report() {
        stuckReported = report(
                stuck.sum(),
                stuckReported,
                "Clients dropped because they had not received an event within livespan.stream.send-timeout={1}: {0}",
                settings.sendTimeout());
        unreadReported = report(
                unread.sum() + unreadAnswers.sum(),
                unreadReported,
                "Clients dropped because they did not read and livespan.limits.unsent-bytes was reached: {0}");
    }

    private static long report(long now, long before, String text, Object... more) {
        if (now > before) {
            LOG.log(
                    INFO,
                    text,
                    Stream.concat(Stream.of(now - before), Stream.of(more)).toArray());
        }
        return now;
    }

    /** Streams open now. */
    public long open() {
        return opened() - closed() - expired() - lost() - stuck() - unread();
    }

    /** Streams opened. */
    public long opened() {
        return opened.sum();
    }

    /** Of those, ended by this node because their window ended or the server stopped. */
    public long closed() {
        return closed.sum();
    }

    /** Ended by this node because they had reached {@code livespan.stream.max-age}. */
    public long expired() {
        return expired.sum();
    }

    /** Ended by the client, or by the network. */
    public long lost() {
        return lost.sum();
    }

    /** Dropped because the client had not taken an event within {@code livespan.stream.send-timeout}. */
    public long stuck() {
        return stuck.sum();
    }

    /** Dropped because the client did not read and too much was buffered for such clients ({@code livespan.limits.unsent-bytes}). */
    public long unread() {
        return unread.sum();
    }
}

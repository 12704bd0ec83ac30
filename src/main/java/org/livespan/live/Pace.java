package org.livespan.live;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits what this node reads because of notifications without dates, or for most of the held rows. Any role that may connect
 * can send them, and each may mean that anything has changed. So reading and comparing in vain for them takes a tenth of the
 * time, plus what was saved up; beyond that they are put off, and left to the {@link PutOffCheck}. The beginning and the end
 * of this are logged.
 *
 * <p>Its fields are guarded by its own lock.
 */
final class Pace {

    private static final int SHARE = 10;

    /** When none has been put off for so long, the flood is over. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final Duration MOST_SAVED_UP = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(Pace.class.getName());

    private final Allowance allowance;
    private final LongSupplier clock;
    private boolean pacing;
    private long putOff;
    private long lastPutOff;

    /** @param clock the clock of the allowance */
    Pace(Allowance allowance, LongSupplier clock) {
        this.allowance = allowance;
        this.clock = clock;
    }

    /** The one for a node. */
    static Pace ofNode() {
        return new Pace(new Allowance(SHARE, MOST_SAVED_UP, System.nanoTime()), System::nanoTime);
    }

    /** Whether such a notification may be followed at once. While others are put off it is taken for part of a flood. */
    synchronized boolean allows() {
        return !pacing && allowance.rest(clock.getAsLong()) == 0;
    }

    /** How long until reading may go on. */
    synchronized Duration rest() {
        return Duration.ofNanos(allowance.rest(clock.getAsLong()));
    }

    /** It took so long to read or compare rows for such notifications that had not changed. */
    synchronized void spend(long nanos) {
        allowance.spend(nanos, clock.getAsLong());
    }

    /** A notification was put off. */
    void putOff() {
        if (isFirstPutOff()) {
            LOG.log(
                    WARNING,
                    "Notifications without dates, with wide spans, or with unreadable payloads use more than a tenth of this"
                            + " node's time. They are put off, and the changes they announce appear later; other changes still appear"
                            + " at once. Find out who sends them on livespan.channel: any role that can connect can do so."
                            + " If it is your own triggers, run: select livespan.watch(…)");
        }
    }

    private synchronized boolean isFirstPutOff() {
        putOff++;
        lastPutOff = clock.getAsLong();
        boolean first = !pacing;
        pacing = true;
        return first;
    }

    /** Called from time to time: logs when the flood is over. */
    void look() {
        long count = overAfter();
        if (count > 0) {
            LOG.log(INFO, "Notifications are processed at once again; {0} were put off.", count);
        }
    }

    private synchronized long overAfter() {
        long now = clock.getAsLong();
        if (!pacing || now - lastPutOff < QUIET.toNanos() || !allowance.isRefilled(now)) {
            return 0;
        }
        long count = putOff;
        pacing = false;
        putOff = 0;
        return count;
    }
}

package org.livespan.live;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much this node reads because of notifications that name no dates, or most of what is held. Every role that may connect
 * can send one, and each may mean that anything has changed. So what is read or compared in vain for them takes a tenth of the
 * time, and what was saved up; more of them are put off, to be settled by a {@link PutOffCheck}. The operator is told when that
 * begins and when it is over.
 *
 * <p>Its fields are guarded by its own lock.
 */
final class Pace {

    private static final int SHARE = 10;

    /** After so long without one they are over. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final Duration MOST_SAVED_UP = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(Pace.class.getName());

    private final Allowance allowance;
    private final LongSupplier clock;
    private boolean pacing;
    private long putOff;
    private long lastPutOff;

    /** @param clock the time of the allowance */
    Pace(Allowance allowance, LongSupplier clock) {
        this.allowance = allowance;
        this.clock = clock;
    }

    /** The one of a node. */
    static Pace ofNode() {
        return new Pace(new Allowance(SHARE, MOST_SAVED_UP, System.nanoTime()), System::nanoTime);
    }

    /** Whether such a notification may be followed at once. None is while they are put off: it would be one of a flood. */
    synchronized boolean allows() {
        return !pacing && allowance.rest(clock.getAsLong()) == 0;
    }

    /** When one may be again. */
    synchronized Duration rest() {
        return Duration.ofNanos(allowance.rest(clock.getAsLong()));
    }

    /** So long it took to read or compare what such notifications told of, and what had not changed. */
    synchronized void spend(long nanos) {
        allowance.spend(nanos, clock.getAsLong());
    }

    /** One was put off. */
    void putOff() {
        if (isFirstPutOff()) {
            LOG.log(
                    WARNING,
                    "Notifications without dates, for most of what is watched, or that cannot be read take more than a tenth"
                            + " of the time to follow. They are put off, and what they tell of shows later; other changes are"
                            + " shown at once. Find who sends them on livespan.channel: any role that may connect can."
                            + " If they are your own triggers', run: select livespan.watch(…)");
        }
    }

    private synchronized boolean isFirstPutOff() {
        putOff++;
        lastPutOff = clock.getAsLong();
        boolean first = !pacing;
        pacing = true;
        return first;
    }

    /** From time to time: whether it is over. */
    void look() {
        long count = overAfter();
        if (count > 0) {
            LOG.log(INFO, "Notifications are followed at once again; {0} were put off.", count);
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

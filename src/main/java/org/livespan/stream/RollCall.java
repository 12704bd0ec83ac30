package org.livespan.stream;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.lang.System.Logger;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Detects clients that have left, when seats are short. No server reports a client that closed its connection before
 * something is written to it. The first heartbeat is answered by a reset of the connection, the second one fails, and Payara
 * may report that only at a later one.
 *
 * <p>There is one round at a time. The next begins only if seats are still short, after a pause of ten times as long as the
 * heartbeats took, so that it uses no more than a tenth of a core; or at once, if a client was found to be gone. It runs on
 * the only thread of its executor.
 */
final class RollCall {

    private static final Logger LOG = System.getLogger(RollCall.class.getName());
    private static final int HEARTBEATS = 4;
    private static final long ANSWER_MILLIS = 100;
    private static final int PAUSE = 10;

    private final Seats seats;
    private final Supplier<CompletionStage<?>> heartbeats;
    private final ScheduledExecutorService executor;
    private final AtomicBoolean running = new AtomicBoolean();

    /** Owned by the thread. */
    private long begin;

    private long writing;

    /** @param heartbeats sends a heartbeat to every client to which nothing is being sent; completes when all have been sent */
    RollCall(Seats seats, Supplier<CompletionStage<?>> heartbeats, ScheduledExecutorService executor) {
        this.seats = seats;
        this.heartbeats = heartbeats;
        this.executor = executor;
    }

    /** Begins a round if seats are short and there is none. */
    void callIfShort() {
        if (seats.areShort() && running.compareAndSet(false, true)) {
            later(this::begin, 0);
        }
    }

    private void begin() {
        begin = seats.beginRound();
        writing = 0;
        call(HEARTBEATS);
    }

    private void call(int times) {
        long start = System.nanoTime();
        heartbeats.get().whenComplete((sent, failure) -> {
            long took = System.nanoTime() - start;
            later(() -> called(times, took), MILLISECONDS.toNanos(ANSWER_MILLIS));
        });
    }

    private void called(int times, long took) {
        writing += took;
        if (times == 1) {
            end();
        } else {
            call(times - 1);
        }
    }

    private void end() {
        boolean foundAny = seats.endRound(begin) > 0;
        later(this::rest, foundAny ? writing : PAUSE * writing);
    }

    private void rest() {
        running.set(false);
        callIfShort();
    }

    private void later(Runnable step, long nanos) {
        try {
            executor.schedule(step, nanos, NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(DEBUG, "The streams are being ended: {0}", e);
        }
    }
}

package org.livespan.live;

import static java.lang.System.Logger.Level.DEBUG;

import java.lang.System.Logger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.livespan.change.ListenBarrier;
import org.livespan.change.ListenerLostException;
import org.livespan.change.Marker;

/**
 * Waits for the listener beside the first read of a snapshot: only what the snapshot sees has to be heard, so a marker can be
 * sent as soon as the snapshot stands. It gets its connection while the snapshot is being begun.
 */
final class Hearing implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Hearing.class.getName());

    private final ListenBarrier barrier;
    private final Executor threads;
    private final AtomicBoolean prepared = new AtomicBoolean();
    private final CompletableFuture<Marker> marker = new CompletableFuture<>();

    private Hearing(ListenBarrier barrier, Executor threads) {
        this.barrier = barrier;
        this.threads = threads;
    }

    /** @param threads do the work; what none of them has begun, {@link #await} does itself */
    static Hearing prepare(ListenBarrier barrier, Executor threads) {
        var hearing = new Hearing(barrier, threads);
        hearing.execute(hearing::prepare);
        return hearing;
    }

    private void prepare() {
        if (prepared.compareAndSet(false, true)) {
            try {
                marker.complete(barrier.marker());
            } catch (RuntimeException | Error e) {
                marker.completeExceptionally(e);
            }
        }
    }

    /** The snapshot stands. */
    void begin() {
        execute(this::send);
    }

    /** If another thread is preparing it, that one sends it. */
    private void send() {
        prepare();
        marker.thenAccept(Marker::send);
    }

    private void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.log(DEBUG, "The application is being stopped: {0}", e);
        }
    }

    /**
     * Returns when every change that was committed before {@link #begin} has been fired.
     *
     * @throws ListenerLostException see {@link ListenBarrier#await}
     */
    void await() {
        send();
        try {
            marker.get().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ListenerLostException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** Nothing more has to be heard. */
    @Override
    public void close() {
        boolean unprepared = prepared.compareAndSet(false, true);
        if (!unprepared) {
            marker.thenAccept(Marker::close);
        }
    }
}

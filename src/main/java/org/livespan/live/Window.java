package org.livespan.live;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.livespan.time.Span;

/**
 * One feed restricted to one span, while somebody watches it: read when it is opened, and again whenever a change
 * touches it, until it is closed.
 *
 * <p>The first change is read at once; those that come while a read is under way or due are folded into the next one,
 * which starts no sooner than the refresh interval after the last.
 *
 * <p>{@code latest} and {@code notBefore} belong to whoever holds the {@code refreshing} flag.
 */
public final class Window implements AutoCloseable {

    private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);

    private final Span span;
    private final Supplier<Result> reader;
    private final WindowListener listener;
    private final ScheduledExecutorService executor;
    private final Duration interval;
    private final Consumer<Window> onClose;

    private final AtomicBoolean stale = new AtomicBoolean();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile boolean closed;

    private Result latest;
    private long notBefore = System.nanoTime();

    Window(
            Span span,
            Supplier<Result> reader,
            WindowListener listener,
            ScheduledExecutorService executor,
            Duration interval,
            Consumer<Window> onClose) {
        this.span = span;
        this.reader = reader;
        this.listener = listener;
        this.executor = executor;
        this.interval = interval;
        this.onClose = onClose;
    }

    /** A change within this span was committed, or may have been; returns at once. */
    void touch(Span changed) {
        if (span.overlaps(changed)) {
            stale.set(true);
            schedule();
        }
    }

    /** Nothing more is told to the listener, but for a call that is under way. */
    @Override
    public void close() {
        closed = true;
        onClose.accept(this);
    }

    private void schedule() {
        if (!closed && refreshing.compareAndSet(false, true)) {
            executor.schedule(this::refresh, notBefore - System.nanoTime(), NANOSECONDS);
        }
    }

    private void refresh() {
        stale.set(false);
        notBefore = System.nanoTime() + interval.toNanos();
        try {
            publish(reader.get());
        } catch (WindowTooLargeException e) {
            end(e);
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            refreshing.set(false);
            if (stale.get()) {
                schedule();
            }
        }
    }

    private void publish(Result result) {
        if (!closed && !result.sameRowsAs(latest)) {
            latest = result;
            listener.changed(result);
        }
    }

    /** Without a first result nobody waits for the next; with one, the window stays and catches up. */
    private void failed(RuntimeException reason) {
        if (latest == null) {
            end(reason);
        } else {
            stale.set(true);
            long jitter = ThreadLocalRandom.current().nextLong(BEFORE_RETRY.toNanos());
            notBefore = System.nanoTime() + BEFORE_RETRY.toNanos() + jitter;
        }
    }

    private void end(RuntimeException reason) {
        if (!closed) {
            close();
            listener.ended(reason);
        }
    }
}

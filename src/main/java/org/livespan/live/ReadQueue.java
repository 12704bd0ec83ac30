package org.livespan.live;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.livespan.feed.Feed;

/**
 * The queries for rows that are not held, in turn. Equal requests share a query that has not begun; those that come while it
 * is running get the next one, so that each sees everything committed before it.
 *
 * <p>They run on the threads of the live reads, a few at a time, and no others wait in the queue of these threads, so a live
 * read never waits behind more than those few.
 *
 * <p>The mutable fields are guarded by this object's lock, which is not held during a query.
 */
final class ReadQueue {

    /** Of {@link LiveFeeds#QUERIES_AT_ONCE}; the rest is for live reads only. */
    static final int AT_ONCE = 2;

    static final int MOST_WAITING = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofMillis(50);

    private final BiFunction<Feed, Restriction, SharedResult> reader;
    private final BooleanSupplier room;
    private final ScheduledExecutorService executor;
    private final Map<Wanted, Waiting> waiting = new LinkedHashMap<>();

    /** How many are running or in the queue of the threads. */
    private int turns;

    private record Wanted(Feed feed, Restriction restriction) {}

    private record Waiting(Wanted wanted, CompletableFuture<SharedResult> result, long until) {

        boolean isLate() {
            return until - System.nanoTime() < 0;
        }

        void giveUp() {
            result.completeExceptionally(new TooManyReadsException());
        }
    }

    /**
     * @param room whether there is room for more rows in memory; otherwise the next query waits
     * @param executor the threads of the live reads
     */
    ReadQueue(
            BiFunction<Feed, Restriction, SharedResult> reader,
            BooleanSupplier room,
            ScheduledExecutorService executor) {
        this.reader = reader;
        this.room = room;
        this.executor = executor;
    }

    /** @return completes with the rows, or with the reason why they cannot be read, such as {@link TooManyReadsException} */
    synchronized CompletionStage<SharedResult> read(Feed feed, Restriction restriction) {
        var wanted = new Wanted(feed, restriction);
        Waiting same = waiting.get(wanted);
        if (same != null) {
            return same.result;
        }
        if (waiting.size() >= MOST_WAITING) {
            return CompletableFuture.failedStage(new TooManyReadsException());
        }
        if (turns < AT_ONCE) {
            executor.execute(this::turn);
            turns++;
        }
        var mine = new Waiting(wanted, new CompletableFuture<>(), System.nanoTime() + PATIENCE.toNanos());
        waiting.put(wanted, mine);
        return mine.result;
    }

    /** Whether a request waits for its rows to be read. */
    synchronized boolean isWaitedFor() {
        return !waiting.isEmpty();
    }

    private void turn() {
        if (!room.getAsBoolean()) {
            giveUpTheLate();
            executor.schedule(this::turn, UNTIL_THERE_IS_ROOM.toNanos(), NANOSECONDS);
            return;
        }
        try {
            Waiting next = next();
            if (next != null) {
                read(next);
            }
        } finally {
            goOn();
        }
    }

    /** Runs it behind the live reads that are due now. */
    private synchronized void goOn() {
        if (waiting.isEmpty()) {
            turns--;
        } else {
            executor.execute(this::turn);
        }
    }

    private void read(Waiting next) {
        if (next.isLate()) {
            next.giveUp();
            return;
        }
        try {
            next.result.complete(reader.apply(next.wanted.feed, next.wanted.restriction));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            next.result.completeExceptionally(e);
        }
    }

    private void giveUpTheLate() {
        List<Waiting> late;
        synchronized (this) {
            late = waiting.values().stream().filter(Waiting::isLate).toList();
            waiting.values().removeAll(late);
        }
        late.forEach(Waiting::giveUp);
    }

    /** Equal requests from now on are too late for it. */
    private synchronized Waiting next() {
        Iterator<Waiting> all = waiting.values().iterator();
        Waiting first = all.hasNext() ? all.next() : null;
        if (first != null) {
            all.remove();
        }
        return first;
    }
}

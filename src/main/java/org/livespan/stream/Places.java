package org.livespan.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * How many clients this server holds, who gets the next place, and whether it takes any more.
 *
 * <p>While there are enough places, everybody gets one at once. When all are taken, a client waits for one {@link RollCall},
 * which
 * finds those that left; of those that wait, the one whose address holds fewest goes first. The last few places are not for an
 * address that holds half of all: it gets one after the other, while any other address gets its own at once.
 *
 * <p>The fields are guarded by this object's lock; nobody is told with it held.
 */
final class Places {

    private static final int RESERVED = 100;
    private static final int SHORT = 10;
    private static final int MOST_WAITING = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int limit;
    private final Executor grants;
    private final Map<String, Integer> held = new HashMap<>();
    private final List<Waiter> waiting = new ArrayList<>();
    private int taken;
    private int takenSinceRound;
    private int takenInRound;
    private int givenBackSinceRound;
    private boolean closed;

    private record Waiter(String address, long since, CompletableFuture<Runnable> place) {}

    /** @param grants tells those that waited */
    Places(int limit, Executor grants) {
        this.limit = limit;
        this.grants = grants;
    }

    /**
     * Takes a place, perhaps after a while.
     *
     * @return completes with what gives the place back, to be run once; or with a {@link Problem} if there is none, or the
     *     server is shutting down
     */
    synchronized CompletionStage<Runnable> take(String address) {
        if (closed) {
            return CompletableFuture.failedStage(shuttingDown());
        }
        if (isFor(address)) {
            return CompletableFuture.completedStage(grant(address));
        }
        if (waiting.size() == MOST_WAITING) {
            return CompletableFuture.failedStage(allTaken(limit));
        }
        var waiter = new Waiter(address, System.nanoTime(), new CompletableFuture<>());
        waiting.add(waiter);
        return waiter.place();
    }

    private boolean isFor(String address) {
        int free = limit - taken;
        return free > limit / RESERVED || free > 0 && 2 * held.getOrDefault(address, 0) < limit;
    }

    private Runnable grant(String address) {
        taken++;
        takenSinceRound++;
        takenInRound++;
        held.merge(address, 1, Integer::sum);
        return () -> giveBack(address);
    }

    private void giveBack(String address) {
        List<Runnable> told;
        synchronized (this) {
            taken--;
            givenBackSinceRound++;
            held.computeIfPresent(address, (same, number) -> number == 1 ? null : number - 1);
            notifyAll();
            told = grantWaiting(false);
        }
        told.forEach(grants::execute);
    }

    /** Whether it is time to look who is gone: somebody waits, or will soon. */
    synchronized boolean areShort() {
        int free = limit - taken;
        return !closed && (!waiting.isEmpty() || free < limit / SHORT && 4 * takenSinceRound > free);
    }

    /**
     * A roll call begins.
     *
     * @return when, by {@link System#nanoTime()}
     */
    synchronized long beginRound() {
        takenInRound = 0;
        return System.nanoTime();
    }

    /**
     * A roll call has ended. If it found nobody gone, and nobody took a place during it, all who waited before it are refused.
     * Otherwise only those who have waited too long are, as those who came during it may be gone too.
     *
     * @param begin see {@link #beginRound()}
     * @return how many places were given back since the last one
     */
    int endRound(long begin) {
        List<Runnable> told;
        int found;
        synchronized (this) {
            told = grantWaiting(true);
            found = givenBackSinceRound;
            takenSinceRound = 0;
            givenBackSinceRound = 0;
            if (taken == limit) {
                long before = found == 0 && takenInRound == 0 ? begin : begin - PATIENCE.toNanos();
                List<Waiter> refused = waiting.stream()
                        .filter(waiter -> waiter.since() - before < 0)
                        .toList();
                waiting.removeAll(refused);
                refused.forEach(waiter -> told.add(() -> waiter.place().completeExceptionally(allTaken(limit))));
            }
        }
        told.forEach(grants::execute);
        return found;
    }

    /**
     * Called with the lock held; what is handed back is to be run without it.
     *
     * @param reserved whether one of the last few may go to an address that holds many
     */
    private List<Runnable> grantWaiting(boolean reserved) {
        var told = new ArrayList<Runnable>();
        boolean any = reserved;
        for (Waiter next = next(any); next != null; next = next(any)) {
            any = false;
            waiting.remove(next);
            Runnable release = grant(next.address());
            CompletableFuture<Runnable> place = next.place();
            told.add(() -> {
                if (!place.complete(release)) {
                    release.run();
                }
            });
        }
        return told;
    }

    /** Who gets the next place, of those that wait; null if nobody may, or there is none. */
    private Waiter next(boolean reserved) {
        return waiting.stream()
                .min(Comparator.comparingInt(waiter -> held.getOrDefault(waiter.address(), 0)))
                .filter(waiter -> taken < limit && (reserved || isFor(waiter.address())))
                .orElse(null);
    }

    synchronized int taken() {
        return taken;
    }

    /**
     * From now on nobody gets one, and whoever waits is told so.
     *
     * @return whether that is new
     */
    boolean close() {
        List<Waiter> refused;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            refused = List.copyOf(waiting);
            waiting.clear();
        }
        refused.forEach(waiter -> waiter.place().completeExceptionally(shuttingDown()));
        return true;
    }

    synchronized boolean areClosed() {
        return closed;
    }

    /** @return whether all were given back in time */
    synchronized boolean awaitNoneTaken(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis(); taken > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return taken == 0;
    }

    static Problem allTaken(int limit) {
        return new Problem(
                ProblemType.TOO_MANY_CLIENTS, "This server holds " + limit + " clients already. Try again shortly.");
    }

    static Problem shuttingDown() {
        return new Problem(ProblemType.SHUTTING_DOWN, "This server is going away. Another one will answer.");
    }
}

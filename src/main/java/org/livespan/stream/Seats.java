package org.livespan.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.livespan.http.Problem;
import org.livespan.http.ProblemType;

/**
 * The seats for clients on this node: how many are taken, and who gets the next one.
 *
 * <p>While there are enough seats, every client gets one at once. When all are taken, a client waits for a {@link RollCall},
 * which detects those that have left; of those that wait, the one whose address holds the fewest seats goes first. The last
 * few seats are not for an address that holds half of all: it gets them one after another, while other addresses get theirs
 * at once. A client whose address or user holds as many as one may waits for the roll call, too: perhaps some of its seats are
 * free by then.
 *
 * <p>The fields are guarded by this object's lock, without which waiting clients are notified.
 */
final class Seats {

    private static final int RESERVED = 100;
    private static final int SHORT = 10;
    private static final int MOST_WAITING = 1_000;

    /** More are refused at once, so that they keep nobody else from waiting. */
    private static final int MOST_WAITING_AT_LIMIT = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int limit;
    private final Executor grants;
    private final SeatCounts counts;
    private final List<Waiter> waiting = new ArrayList<>();
    private int taken;
    private int takenSinceRound;
    private int takenInRound;
    private int givenBackSinceRound;
    private boolean closed;

    private record Waiter(Client client, long since, CompletableFuture<Runnable> seat) {}

    /**
     * @param counts those of each address and user, with their own limits
     * @param grants notifies those that waited
     */
    Seats(int limit, SeatCounts counts, Executor grants) {
        this.limit = limit;
        this.counts = counts;
        this.grants = grants;
    }

    /**
     * Takes a seat, possibly after a while.
     *
     * @return completes with a task that gives the seat back, to be run once; or with a {@link Problem} if there is no
     *     seat, or the server is shutting down
     */
    synchronized CompletionStage<Runnable> take(Client client) {
        if (closed) {
            return CompletableFuture.failedStage(shuttingDown());
        }
        if (isFor(client)) {
            return CompletableFuture.completedStage(grant(client));
        }
        if (counts.isAtLimit(client) && waitingLike(client) >= MOST_WAITING_AT_LIMIT) {
            return CompletableFuture.failedStage(counts.refusal(client));
        }
        if (waiting.size() == MOST_WAITING) {
            return CompletableFuture.failedStage(allTaken(limit));
        }
        var waiter = new Waiter(client, System.nanoTime(), new CompletableFuture<>());
        waiting.add(waiter);
        return waiter.seat();
    }

    private boolean isFor(Client client) {
        int free = limit - taken;
        return !counts.isAtLimit(client)
                && (free > limit / RESERVED || free > 0 && 2 * counts.ofAddress(client) < limit);
    }

    /** How many of the same address or user are waiting. */
    private long waitingLike(Client client) {
        return waiting.stream()
                .map(Waiter::client)
                .filter(other -> other.address().equals(client.address())
                        || client.user() != null && client.user().equals(other.user()))
                .count();
    }

    private Runnable grant(Client client) {
        taken++;
        takenSinceRound++;
        takenInRound++;
        counts.taken(client);
        return () -> giveBack(client);
    }

    private void giveBack(Client client) {
        List<Runnable> told;
        synchronized (this) {
            taken--;
            givenBackSinceRound++;
            counts.givenBack(client);
            notifyAll();
            told = grantWaiting(false);
        }
        told.forEach(grants::execute);
    }

    /** Whether it is time for a roll call, because clients wait or will soon. */
    synchronized boolean areShort() {
        int free = limit - taken;
        return !closed && (!waiting.isEmpty() || free < limit / SHORT && 4 * takenSinceRound > free);
    }

    /**
     * A roll call begins.
     *
     * @return the time, by {@link System#nanoTime()}
     */
    synchronized long beginRound() {
        takenInRound = 0;
        return System.nanoTime();
    }

    /**
     * A roll call has ended. If it found no client gone, and none took a seat during it, all that waited before it are
     * refused. Otherwise only those that have waited too long, because clients that came during it may be gone, too.
     *
     * @param begin see {@link #beginRound()}
     * @return how many seats have been given back since the last one
     */
    int endRound(long begin) {
        List<Runnable> told;
        int found;
        synchronized (this) {
            told = grantWaiting(true);
            found = givenBackSinceRound;
            takenSinceRound = 0;
            givenBackSinceRound = 0;
            refuse(waiter -> waiter.since() - begin < 0 && counts.isAtLimit(waiter.client()), told);
            if (taken == limit) {
                long before = found == 0 && takenInRound == 0 ? begin : begin - PATIENCE.toNanos();
                refuse(waiter -> waiter.since() - before < 0, told);
            }
        }
        told.forEach(grants::execute);
        return found;
    }

    /**
     * Called with the lock held.
     *
     * @param told gets the tasks that have to be run without it
     */
    private void refuse(Predicate<Waiter> which, List<Runnable> told) {
        List<Waiter> refused = waiting.stream().filter(which).toList();
        waiting.removeAll(refused);
        for (Waiter waiter : refused) {
            Problem reason = counts.isAtLimit(waiter.client()) ? counts.refusal(waiter.client()) : allTaken(limit);
            told.add(() -> waiter.seat().completeExceptionally(reason));
        }
    }

    /**
     * Called with the lock held; the returned tasks have to be run without it.
     *
     * @param reserved whether one of the last few may go to an address that holds many
     */
    private List<Runnable> grantWaiting(boolean reserved) {
        var told = new ArrayList<Runnable>();
        boolean any = reserved;
        for (Waiter next = next(any); next != null; next = next(any)) {
            any = false;
            waiting.remove(next);
            Runnable release = grant(next.client());
            CompletableFuture<Runnable> seat = next.seat();
            told.add(() -> {
                if (!seat.complete(release)) {
                    release.run();
                }
            });
        }
        return told;
    }

    /** Which waiting client gets the next seat; null if none may, or there is no seat. */
    private Waiter next(boolean reserved) {
        return waiting.stream()
                .filter(waiter -> !counts.isAtLimit(waiter.client()))
                .min(Comparator.comparingInt(waiter -> counts.ofAddress(waiter.client())))
                .filter(waiter -> taken < limit && (reserved || isFor(waiter.client())))
                .orElse(null);
    }

    synchronized int taken() {
        return taken;
    }

    /**
     * From now on there are no more seats; waiting clients are refused.
     *
     * @return whether this is the first call
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
        refused.forEach(waiter -> waiter.seat().completeExceptionally(shuttingDown()));
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
                ProblemType.TOO_MANY_CLIENTS, "This server already has " + limit + " clients. Try again shortly.");
    }

    static Problem shuttingDown() {
        return new Problem(
                ProblemType.SHUTTING_DOWN, "This server is shutting down. Try again shortly; another node may answer.");
    }
}

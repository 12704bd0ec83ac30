package org.livespan.change;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks a listening session from time to time for a sign of life, and for a proof that notifications arrive. Owned by the
 * listening thread.
 */
final class ListenerProbe {

    /** However long the interval: the rounds show that the loop is alive. */
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(1);

    private final ChangeSession session;
    private final HearingProof proof;
    private final Duration interval;
    private final ListenerStatus status;
    private final BacklogWatch watch;
    private long due;

    /** @param proof of this session, as a marker that was meant for another one proves nothing */
    ListenerProbe(
            ChangeSession session, HearingProof proof, Duration interval, ListenerStatus status, BacklogWatch watch) {
        this.session = session;
        this.proof = proof;
        this.interval = interval;
        this.status = status;
        this.watch = watch;
        later();
    }

    /** Begins the first proof. Until it succeeds, the listener does not count as connected. */
    void begin() {
        proof.begin();
    }

    /** Whether the first proof has neither come nor been waited for long enough. */
    boolean isUnproved() {
        return proof.isUnderWay();
    }

    /** How long to wait for notifications before asking again. */
    Duration pause() {
        Duration untilDue = Duration.ofMillis(Math.max(0, TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime())));
        return proof.pause(untilDue.compareTo(LONGEST_ROUND) < 0 ? untilDue : LONGEST_ROUND);
    }

    /**
     * Asks if it is time to, even while notifications arrive, because they say nothing about the queue.
     *
     * @throws SQLException if the session is lost, or no notifications arrive
     */
    void ask() throws SQLException {
        proof.require();
        if (due - System.nanoTime() <= 0) {
            status.asked();
            Backlog backlog = session.probe();
            status.answered(backlog);
            watch.look(backlog);
            proof.begin();
            later();
        }
    }

    private void later() {
        due = System.nanoTime() + interval.toNanos();
    }
}

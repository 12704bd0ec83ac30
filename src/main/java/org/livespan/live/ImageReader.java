package org.livespan.live;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.livespan.change.ListenBarrier;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.Row;
import org.livespan.time.SpanSet;

/**
 * Reads parts of a feed so that, with the parts that are held already, they show one committed state.
 *
 * <p>Where nothing has to be read, what is held is one committed state as it is. Otherwise the snapshot is newer than it.
 * What differs between the two are the changes in between, and their spans have to be read from the snapshot too. Some of
 * them may not have been heard yet: so after the first read, and with it the snapshot, was taken, a barrier waits until
 * all have been, and the spans that came meanwhile are read from the same snapshot.
 */
final class ImageReader {

    /** Of single dates; after that there is more to read than it is worth to ask for by date. */
    private static final int ROUNDS = 3;

    private final Feed feed;
    private final RowLimits limits;
    private final ListenBarrier barrier;
    private final BiFunction<List<Row>, SpanSet, SpanSet> elsewhere;

    /** @param elsewhere where else rows of the same keys are held, given the rows and the spans that were read */
    ImageReader(Feed feed, RowLimits limits, ListenBarrier barrier, BiFunction<List<Row>, SpanSet, SpanSet> elsewhere) {
        this.elsewhere = elsewhere;
        this.feed = feed;
        this.limits = limits;
        this.barrier = barrier;
    }

    /**
     * What is to be read.
     *
     * @param held the spans that are held
     * @param heldRows how many rows those have
     * @param stale the spans among them that changes have touched
     * @param suspect the spans among them in which the database was seen to show something else
     * @param opening the windows to be opened
     */
    record Plan(SpanSet held, int heldRows, SpanSet stale, SpanSet suspect, List<Window> opening) {
        boolean isEmpty() {
            return toRead().isEmpty() && opening.isEmpty();
        }

        /** What is read of what is held. */
        SpanSet toRead() {
            return stale.plus(suspect);
        }

        /** What is held is one committed state as it is, and all that is asked for. */
        boolean needsNoRows() {
            return toRead().isEmpty() && opening.stream().allMatch(window -> held.covers(window.span()));
        }

        /** All that is held was touched and is read anew: any snapshot is one state of it. */
        boolean readsAllHeld() {
            return held.minus(stale).isEmpty();
        }
    }

    /**
     * @param heardSince the spans of changes that were heard since the plan was made
     * @throws org.livespan.feed.FeedUnavailableException if the database does not answer
     * @throws org.livespan.change.ListenerLostException if it cannot be told whether all changes were heard
     * @throws FeedTooLargeException if what is held has grown too large
     */
    Reading read(Plan plan, Supplier<SpanSet> heardSince) {
        if (plan.needsNoRows()) {
            var reading = new Reading();
            plan.opening().forEach(reading::admit);
            return reading;
        }
        try (FeedSnapshot snapshot = feed.snapshot()) {
            var reading = new Reading();
            if (!plan.toRead().isEmpty()) {
                reading.add(plan.toRead(), readHeld(snapshot, plan.toRead()));
            }
            SpanSet covered = readOpening(plan, snapshot, reading);
            boolean anyRead = !reading.spans().isEmpty();
            if (anyRead && !plan.readsAllHeld()) {
                barrier.await();
                SpanSet late = heardSince.get().intersect(covered);
                if (!late.isEmpty()) {
                    reading.heardLate(late);
                    reading.add(late, readHeld(snapshot, late));
                }
            }
            readElsewhere(plan, snapshot, reading);
            return reading;
        }
    }

    /** Each new window reads what neither was held nor one before it has read. */
    private SpanSet readOpening(Plan plan, FeedSnapshot snapshot, Reading reading) {
        SpanSet covered = plan.held();
        int heldRows = plan.heldRows();
        for (Window window : plan.opening()) {
            SpanSet missing = new SpanSet(List.of(window.span())).minus(covered);
            List<Row> rows = missing.isEmpty() ? List.of() : snapshot.read(missing, limits.window() + 1);
            if (rows.size() > limits.window()) {
                reading.refuse(window, new WindowTooLargeException(limits.window()));
            } else if (heldRows + rows.size() > limits.feed()) {
                reading.refuse(window, new FeedTooLargeException(feed.name(), limits.feed()));
            } else {
                heldRows += rows.size();
                covered = covered.plus(missing);
                reading.add(missing, rows);
                reading.admit(window);
            }
        }
        return covered;
    }

    /** Reads on where rows of the same keys are held, until there are none; if they are all over, all that is held. */
    private void readElsewhere(Plan plan, FeedSnapshot snapshot, Reading reading) {
        SpanSet more = elsewhere.apply(reading.rows(), reading.spans());
        for (int round = 1; !more.isEmpty(); round++) {
            SpanSet next = round < ROUNDS ? more : plan.held().minus(reading.spans());
            reading.add(next, readHeld(snapshot, next));
            more = elsewhere.apply(reading.rows(), reading.spans());
        }
    }

    private List<Row> readHeld(FeedSnapshot snapshot, SpanSet spans) {
        List<Row> rows = snapshot.read(spans, limits.feed() + 1);
        if (rows.size() > limits.feed()) {
            throw new FeedTooLargeException(feed.name(), limits.feed());
        }
        return rows;
    }
}

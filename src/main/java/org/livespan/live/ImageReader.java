package org.livespan.live;

import static java.lang.System.Logger.Level.DEBUG;

import java.lang.System.Logger;
import java.util.List;
import java.util.Set;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedSnapshot;
import org.livespan.time.SpanSet;

/**
 * Reads parts of a feed so that, together with the parts that are held, they show one committed state.
 *
 * <p>If nothing has to be read, the held rows are one committed state. Otherwise the snapshot is newer than they are. The
 * difference are the changes in between, and their spans have to be read from the snapshot too. Some of these may not have
 * been heard yet: so beside the first read a barrier waits until all have been heard, and their spans are read from the same
 * snapshot.
 *
 * <p>No more rows are read than may be held; if there are more, a {@link TurnReader} determines which windows can stay.
 */
final class ImageReader {

    private static final Logger LOG = System.getLogger(ImageReader.class.getName());

    /** After so many rounds of single dates it is cheaper to read everything. */
    private static final int ROUNDS = 3;

    private final Feed feed;
    private final LiveImage image;
    private final NeededRows needed;
    private final LiveNode node;
    private final RowLimits limits;

    ImageReader(Feed feed, LiveImage image, LiveNode node) {
        this.feed = feed;
        this.image = image;
        this.needed = image.needed();
        this.node = node;
        this.limits = node.limits();
    }

    /**
     * What is to be read.
     *
     * @param held the spans that are held, for any selection
     * @param covered those that are held for the selections of windows to be opened
     * @param heldRows how many rows those have
     * @param stale the spans among them that changes have touched
     * @param wide whether {@link Pace} applies to some of these changes
     * @param suspect the spans among them where a comparison found a difference
     * @param opening the windows to be opened
     */
    record Plan(
            SpanSet held,
            Coverage covered,
            int heldRows,
            SpanSet stale,
            boolean wide,
            SpanSet suspect,
            List<Window> opening) {
        boolean isEmpty() {
            return toRead().isEmpty() && opening.isEmpty();
        }

        /** The held spans to be read. */
        SpanSet toRead() {
            return stale.plus(suspect);
        }

        /** The held spans of which no change has been heard. */
        SpanSet silent(ReadRows reading) {
            return held.minus(stale).minus(reading.late());
        }

        /** Whether the held rows are all that is needed; they are one committed state. */
        boolean needsNoRows() {
            return toRead().isEmpty()
                    && opening.stream()
                            .allMatch(window -> covered.of(window.selection()).covers(window.span()));
        }

        /** Whether all held rows are read again; then any snapshot is one state of them. */
        boolean readsAllHeld() {
            return held.minus(stale).isEmpty();
        }
    }

    /**
     * @param whenRead called when everything has been read, before the snapshot is closed, because nobody has to wait for that
     * @throws org.livespan.feed.FeedUnavailableException if the database does not answer
     * @throws org.livespan.feed.FeedAlteredException if the filter columns are no longer those of the held rows
     * @throws org.livespan.change.ListenerLostException if it is not known whether all changes were heard
     */
    void read(Plan plan, ReadRows reading, Runnable whenRead) {
        if (plan.needsNoRows()) {
            plan.opening().forEach(reading::admit);
            whenRead.run();
            return;
        }
        try (Hearing hearing = plan.readsAllHeld() ? null : Hearing.prepare(node.barrier(), node.hearing())) {
            FeedSnapshot snapshot = feed.snapshot();
            try {
                needed.requireSameFilters(snapshot);
                read(plan, snapshot, hearing, reading);
                whenRead.run();
            } finally {
                end(snapshot);
            }
        }
    }

    private void read(Plan plan, FeedSnapshot snapshot, Hearing hearing, ReadRows reading) {
        if (hearing != null) {
            hearing.begin();
        }
        boolean fits = readHeld(snapshot, plan.toRead(), reading) && readOthers(plan, snapshot, hearing, reading);
        if (!fits) {
            reading.timed(() -> new TurnReader(snapshot, feed.name(), limits)
                    .read(image.windowsWith(plan.opening()), Set.copyOf(plan.opening()), reading));
        }
    }

    /** What was read is complete even if this fails; why the connection failed, the next read tells. */
    private void end(FeedSnapshot snapshot) {
        try {
            snapshot.close();
        } catch (RuntimeException e) {
            LOG.log(DEBUG, "A read of feed {0} did not end in order: {1}", feed.name(), e);
        }
    }

    /**
     * Whether it is no more than may be held.
     *
     * @param hearing null if nothing has to be heard
     */
    private boolean readOthers(Plan plan, FeedSnapshot snapshot, Hearing hearing, ReadRows reading) {
        SpanSet covered = new OpeningReader(feed.name(), snapshot, limits, needed, plan, reading)
                .read(node.times().opening());
        if (!reading.isEmpty() && hearing != null) {
            hearing.await();
            SpanSet late = image.stale().intersect(covered);
            reading.heardLate(late);
            if (!readHeld(snapshot, late, reading)) {
                return false;
            }
        }
        return readElsewhere(plan, snapshot, reading);
    }

    /** Also reads where rows with the same keys are held, until there are none; or everything, if these are spread widely. */
    private boolean readElsewhere(Plan plan, FeedSnapshot snapshot, ReadRows reading) {
        SpanSet more = needed.elsewhere(reading);
        for (int round = 1; !more.isEmpty(); round++) {
            SpanSet next = round < ROUNDS ? more : plan.held().minus(reading.spans());
            if (!readHeld(snapshot, next, reading)) {
                return false;
            }
            more = needed.elsewhere(reading);
        }
        return true;
    }

    /** Whether the rows read so far are no more than may be held; no more than that are read at once. */
    private boolean readHeld(FeedSnapshot snapshot, SpanSet spans, ReadRows reading) {
        if (spans.isEmpty()) {
            return reading.rows().size() <= limits.feed();
        }
        return reading.timed(() -> {
            NeededRows.Found found = needed.read(snapshot, spans, reading.covered());
            reading.add(spans, found.rows());
            return !found.isCut() && reading.rows().size() <= limits.feed();
        });
    }
}

package org.livespan.live;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.livespan.feed.Digest;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * The held rows that have to be compared because of {@linkplain PutOff notifications that were put off}: first those that
 * somebody waits for, then all of them in the order of their dates, over and over.
 *
 * <p>Guarded by the lock of its {@link LiveImage}.
 */
final class PutOffRows {

    private final LiveImage image;
    private final HeldRows held;
    private final StaleSpans stale;
    private final OpeningWindows opening;
    private final Looks looks;
    private long cursor = Long.MIN_VALUE;
    private long awaitedCursor = Long.MIN_VALUE;
    private boolean whole;

    PutOffRows(LiveImage image, HeldRows held, StaleSpans stale, OpeningWindows opening, Looks looks) {
        this.image = image;
        this.held = held;
        this.stale = stale;
        this.opening = opening;
        this.looks = looks;
    }

    /** Whether there is anything to compare. What will be read anyway does not count. */
    boolean isAny() {
        synchronized (image) {
            return !comparable(stale.putOff().spans()).isEmpty()
                    || !comparable(awaited()).isEmpty();
        }
    }

    /** Whether somebody waits for some of it. */
    boolean isAwaited() {
        synchronized (image) {
            return !comparable(awaited()).isEmpty();
        }
    }

    private Stream<Doubt> doubts() {
        return Stream.concat(opening.doubts(), looks.doubts());
    }

    private SpanSet awaited() {
        return SpanSet.of(
                doubts().flatMap(doubt -> doubt.spans().spans().stream()).toList());
    }

    private SpanSet comparable(SpanSet some) {
        return some.intersect(held.spans()).minus(stale.all());
    }

    /**
     * Begins the comparison of the next slice.
     *
     * @param rows about how many rows; those of one date are never split
     * @param allowed whether a slice that nobody waits for will do
     */
    Optional<PutOffSlice> next(int rows, boolean allowed) {
        synchronized (image) {
            SpanSet wanted = comparable(awaited());
            boolean awaited = !wanted.isEmpty();
            if (!awaited) {
                wanted = comparable(stale.putOff().spans());
            }
            if (wanted.isEmpty() || !awaited && !allowed) {
                return Optional.empty();
            }
            AuditSlice slice = slice(wanted, awaited ? awaitedCursor : cursor, rows);
            if (!awaited) {
                pass(slice);
            }
            stale.comparing();
            doubts().forEach(doubt -> doubt.comparing(slice.spans()));
            return Optional.of(new PutOffSlice(slice, awaited));
        }
    }

    private AuditSlice slice(SpanSet wanted, long from, int rows) {
        SpanSet rest = wanted.intersect(new SpanSet(List.of(new Span(from, Long.MAX_VALUE))));
        SpanSet left = rest.isEmpty() ? wanted : rest;
        return held.slice(left.spans().get(0).start(), rows, left);
    }

    /** Notices whether the slice begins a pass, and whether the pass leaves out rows that are being read. */
    private void pass(AuditSlice slice) {
        long start = slice.spans().spans().get(0).start();
        if (cursor == Long.MIN_VALUE || start < cursor) {
            stale.putOff().pass(whole);
            whole = true;
            cursor = Long.MIN_VALUE;
        }
        var passed = new SpanSet(List.of(new Span(cursor, slice.end())));
        whole &= passed.intersect(held.spans()).intersect(stale.all()).isEmpty();
    }

    /**
     * The part of the slice that no change has touched since its comparison began. When everything committed before the
     * answer of the database has been heard, any other difference is one without a change that was followed.
     */
    AuditSlice untouched(PutOffSlice slice) {
        synchronized (image) {
            AuditSlice all = slice.rows();
            return held.slice(all.spans().minus(stale.touchedMeanwhile()), all.end());
        }
    }

    /**
     * Whether some of the slice has this digest in the database. If so, whoever waited only for that is answered or can be
     * opened, except for spans that changes have touched meanwhile: these are read.
     */
    boolean agrees(PutOffSlice slice, AuditSlice part, Digest database, List<Runnable> told) {
        synchronized (image) {
            boolean same = database.equals(part.digest());
            if (same) {
                SpanSet settled = part.spans().minus(stale.touchedMeanwhile());
                stale.putOff().proved(settled, held.spans());
                doubts().forEach(doubt -> doubt.proved(settled));
                looks.answer(held, told);
                passed(slice);
            }
            return same;
        }
    }

    /** The slice differs, or cannot be compared: it and everything that was put off is read, at one committed state. */
    void follow(PutOffSlice slice) {
        synchronized (image) {
            stale.followAll(held.spans());
            stale.follow(slice.rows().spans(), held.spans());
            passed(slice);
        }
    }

    private void passed(PutOffSlice slice) {
        long next = slice.rows().isLast() ? Long.MIN_VALUE : slice.rows().end() + 1;
        if (slice.awaited()) {
            awaitedCursor = next;
        } else {
            cursor = next;
        }
    }
}

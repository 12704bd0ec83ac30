package org.livespan.live;

import java.time.Instant;
import org.livespan.time.SpanSet;

/**
 * The spans of notifications that are put off, see {@link Pace}, and since when the rows held of them may be old. However many
 * there are, the held rows are compared once for all of them: in passes, slice by slice.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class PutOff {

    private SpanSet spans = SpanSet.NONE;
    private Instant since;

    /** What was put off since the comparison of a slice began, and is therefore not settled by it. */
    private SpanSet meanwhile = SpanSet.NONE;

    /** When the first one was put off in this pass. */
    private Instant sincePass;

    void add(SpanSet changed, Instant at, SpanSet held) {
        spans = spans.plus(changed).inAtMost(StaleSpans.MOST);
        meanwhile = meanwhile.plus(changed).inAtMost(StaleSpans.MOST);
        if (isAny(held)) {
            since = since == null ? at : since;
            sincePass = sincePass == null ? at : sincePass;
        }
    }

    SpanSet spans() {
        return spans;
    }

    boolean isAny(SpanSet held) {
        return !spans.intersect(held).isEmpty();
    }

    /** Null if nothing is put off of the held rows. */
    Instant since() {
        return since;
    }

    /**
     * A pass over all held rows begins.
     *
     * @param whole whether the previous pass left nothing out, which settles what was put off before it
     */
    void pass(boolean whole) {
        since = whole ? sincePass : since;
        sincePass = null;
    }

    /** The comparison of a slice begins. */
    void comparing() {
        meanwhile = SpanSet.NONE;
    }

    /** It found no difference in these spans. */
    void proved(SpanSet some, SpanSet held) {
        remove(some.minus(meanwhile));
        heldIs(held);
    }

    /** These spans are being read, or will be next. */
    void remove(SpanSet some) {
        spans = spans.minus(some);
    }

    /** The held spans have changed. */
    void heldIs(SpanSet held) {
        since = !isAny(held) ? null : since == null ? Instant.now() : since;
    }
}

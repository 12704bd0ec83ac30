package org.livespan.live;

import java.time.Instant;
import org.livespan.time.SpanSet;

/**
 * What notifications have touched that are not followed at once, see {@link Pace}, and since when what is held of it may be
 * behind. However many there are, what is held is compared once for all of them, slice by slice in passes.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class PutOff {

    private SpanSet spans = SpanSet.NONE;
    private Instant since;

    /** What came while a slice is compared, which therefore proves nothing of it. */
    private SpanSet meanwhile = SpanSet.NONE;

    /** When the first came since this pass began. */
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

    /** Null if nothing of what is held was put off. */
    Instant since() {
        return since;
    }

    /**
     * A pass over all that is held begins.
     *
     * @param whole whether the one before has left nothing out: what came before that is settled
     */
    void pass(boolean whole) {
        since = whole ? sincePass : since;
        sincePass = null;
    }

    /** The database is asked from now on what it shows of some of it. */
    void comparing() {
        meanwhile = SpanSet.NONE;
    }

    /** It shows there what is held. */
    void proved(SpanSet some, SpanSet held) {
        remove(some.minus(meanwhile));
        heldIs(held);
    }

    /** They are read, or about to be. */
    void remove(SpanSet some) {
        spans = spans.minus(some);
    }

    /** Something else is held now. */
    void heldIs(SpanSet held) {
        since = !isAny(held) ? null : since == null ? Instant.now() : since;
    }
}

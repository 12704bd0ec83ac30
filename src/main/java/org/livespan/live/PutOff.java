package org.livespan.live;

import java.time.Instant;
import org.livespan.time.SpanSet;

/**
 * What notifications have touched that are not followed at once, see {@link Pace}, and since when what is held of it may be
 * behind. However many there are, they are read together.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class PutOff {

    private SpanSet spans = SpanSet.NONE;
    private Instant since;

    void add(SpanSet changed, Instant at, SpanSet held) {
        spans = spans.plus(changed).inAtMost(StaleSpans.MOST);
        if (since == null && isAny(held)) {
            since = at;
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

    /** They are read, or about to be. */
    void remove(SpanSet some) {
        spans = spans.minus(some);
    }

    /** Something else is held now. */
    void heldIs(SpanSet held) {
        since = !isAny(held) ? null : since == null ? Instant.now() : since;
    }
}

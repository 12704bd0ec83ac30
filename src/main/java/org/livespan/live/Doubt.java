package org.livespan.live;

import org.livespan.time.SpanSet;

/**
 * The spans that have to be compared or read before a new window or request may see the rows held of them, which may be older
 * than it. Whatever is put off later does not matter to it.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class Doubt {

    private SpanSet left;
    private SpanSet beingCompared = SpanSet.NONE;

    Doubt(SpanSet spans) {
        this.left = spans;
    }

    /** The spans that are left. */
    SpanSet spans() {
        return left;
    }

    boolean isOver() {
        return left.isEmpty();
    }

    /** A comparison of these spans begins. */
    void comparing(SpanSet spans) {
        beingCompared = left.intersect(spans);
    }

    /** It found no difference in these spans. */
    void proved(SpanSet spans) {
        dispel(beingCompared.intersect(spans));
        beingCompared = SpanSet.NONE;
    }

    /** Only of these spans rows are held. */
    void keep(SpanSet held) {
        left = left.intersect(held);
    }

    /** These spans were compared, or are read before anything is shown. */
    void dispel(SpanSet spans) {
        left = left.minus(spans);
    }
}

package org.livespan.live;

import org.livespan.time.SpanSet;

/**
 * Where somebody who came has to wait until what is held was compared or read, as it may be behind what was committed before
 * he came. What is put off after that is of no concern to him.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class Doubt {

    private SpanSet left;
    private SpanSet beingCompared = SpanSet.NONE;

    Doubt(SpanSet spans) {
        this.left = spans;
    }

    /** Where it is left. */
    SpanSet spans() {
        return left;
    }

    boolean isOver() {
        return left.isEmpty();
    }

    /** The database is asked from now on what it shows there. */
    void comparing(SpanSet spans) {
        beingCompared = left.intersect(spans);
    }

    /** It shows what is held. */
    void proved() {
        dispel(beingCompared);
        beingCompared = SpanSet.NONE;
    }

    /** It is no doubt any more there. */
    void dispel(SpanSet spans) {
        left = left.minus(spans);
    }
}

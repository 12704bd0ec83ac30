package org.livespan.live;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.livespan.time.SpanSet;

/**
 * The spans that changes have touched since they were read last, and since when the rows held of them may be old.
 *
 * <p>A refresh takes the touched spans and reads them; spans touched meanwhile are for the next one. Guarded by the
 * {@link LiveImage}.
 */
final class StaleSpans {

    /** For more spans, the whole time between them. */
    static final int MOST = 1024;

    /** For more keys, any date. */
    private static final int MOST_KEYS = 10_000;

    private SpanSet touched = SpanSet.NONE;
    private SpanSet beingRead = SpanSet.NONE;
    private SpanSet suspect = SpanSet.NONE;
    private final PutOff putOff = new PutOff();

    /** What was touched since the comparison of a slice began. */
    private SpanSet touchedMeanwhile = SpanSet.NONE;

    private boolean planned;
    private boolean wide;
    private boolean plannedWide;
    private Instant touchedSince;

    /** Heard of while rows are being read, among which they may be; null if there are too many. */
    private Set<String> keys = new HashSet<>();

    private Instant plannedSince;

    /**
     * @param since the earliest possible time of the commit
     * @param wanted whether anything is held or waited for; otherwise changes need not be remembered
     */
    void touch(SpanSet changed, Instant since, Touch how, SpanSet held, boolean wanted) {
        if (how == Touch.PUT_OFF) {
            if (planned || wanted) {
                putOff.add(changed, since, held);
            }
            return;
        }
        wide |= how == Touch.WIDE;
        if (planned || wanted) {
            touched = touched.plus(changed).inAtMost(MOST);
            touchedMeanwhile = touchedMeanwhile.plus(changed).inAtMost(MOST);
        }
        if (!changed.intersect(held).isEmpty()) {
            touchedSince = earlier(touchedSince, since);
        }
    }

    /** Rows with these keys changed, wherever they are. */
    void remember(Set<String> more) {
        if (planned && keys != null) {
            keys.addAll(more);
            keys = keys.size() > MOST_KEYS ? null : keys;
        }
    }

    /** The keys that were heard of while rows were read that are held now; null if there are too many. */
    Set<String> takeKeys() {
        Set<String> taken = keys;
        keys = new HashSet<>();
        return taken;
    }

    /** Everything that was put off is to be read. */
    void followAll(SpanSet held) {
        wide |= putOff.isAny(held);
        follow(putOff.spans(), held);
    }

    /** These spans are to be read, and no longer put off. */
    void follow(SpanSet some, SpanSet held) {
        if (!some.isEmpty()) {
            Instant since = putOff.since() == null ? Instant.now() : putOff.since();
            touch(some, since, Touch.NARROW, held, true);
            putOff.remove(some);
        }
        putOff.heldIs(held);
    }

    /** What is put off. */
    PutOff putOff() {
        return putOff;
    }

    /** The comparison of a slice begins; see {@link PutOff#comparing}. */
    void comparing() {
        touchedMeanwhile = SpanSet.NONE;
        putOff.comparing();
    }

    /** The spans touched since then, which are read in any case. */
    SpanSet touchedMeanwhile() {
        return touchedMeanwhile;
    }

    /** The database shows something else there, without a notification. This makes nothing stale. */
    void suspect(SpanSet spans) {
        suspect = suspect.plus(spans).inAtMost(MOST);
    }

    /** Whether any held rows have to be read. */
    boolean isAny(SpanSet held) {
        return !touched.plus(suspect).intersect(held).isEmpty();
    }

    /** The spans touched since the last refresh. */
    SpanSet touched() {
        return touched;
    }

    /** The touched spans, and those that a refresh is reading. */
    SpanSet all() {
        return touched.plus(beingRead);
    }

    /** The spans that a refresh is reading. */
    SpanSet beingRead() {
        return beingRead;
    }

    /** The spans whose held rows may be old, as far as is known, and that no refresh is reading yet. */
    SpanSet doubtful() {
        return touched.plus(suspect).plus(putOff.spans());
    }

    Optional<Instant> since() {
        return Optional.ofNullable(earlier(putOff.since(), earlier(plannedSince, touchedSince)));
    }

    /** A refresh takes the touched spans of the held rows. */
    SpanSet take(SpanSet held) {
        beingRead = touched.intersect(held);
        plannedSince = beingRead.isEmpty() ? null : earlier(touchedSince, sincePutOff(beingRead));
        putOff.remove(beingRead);
        putOff.heldIs(held);
        planned = true;
        plannedWide = wide && !beingRead.isEmpty();
        wide = false;
        touchedSince = null;
        touched = SpanSet.NONE;
        return beingRead;
    }

    private Instant sincePutOff(SpanSet some) {
        return putOff.isAny(some) ? putOff.since() : null;
    }

    /** Whether it took spans of notifications to which {@link Pace} applies. */
    boolean tookWide() {
        return plannedWide;
    }

    /** It takes the suspect spans as well. If it fails, they are suspect again. */
    SpanSet takeSuspect(SpanSet held) {
        SpanSet taken = suspect.intersect(held);
        suspect = SpanSet.NONE;
        beingRead = beingRead.plus(taken);
        return taken;
    }

    /** The refresh failed. */
    void giveBack(SpanSet taken) {
        planned = false;
        takeKeys(); // the held rows are those among which they were looked up
        wide |= plannedWide;
        beingRead = SpanSet.NONE;
        touchedSince = earlier(plannedSince, touchedSince);
        plannedSince = null;
        touched = touched.plus(taken);
    }

    /**
     * The spans were read.
     *
     * @return since when their rows had been old; null if they had not
     */
    Instant read(SpanSet held) {
        Instant heard = earlier(plannedSince, touchedSince);
        planned = false;
        beingRead = SpanSet.NONE;
        plannedSince = null;
        putOff.heldIs(held);
        touchedSince = touched.intersect(held).isEmpty() ? null : earlier(touchedSince, Instant.now());
        return heard;
    }

    /** Nothing is held any more. */
    void forget() {
        planned = false;
        takeKeys();
        beingRead = SpanSet.NONE;
        plannedSince = null;
        touchedSince = null;
        putOff.heldIs(SpanSet.NONE);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }
}

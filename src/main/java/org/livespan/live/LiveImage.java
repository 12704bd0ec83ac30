package org.livespan.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.livespan.feed.Digest;
import org.livespan.live.ImageReader.Plan;
import org.livespan.live.Window.Present;
import org.livespan.time.SpanSet;

/**
 * The rows of all watched spans of a feed at one committed state, and the windows on them.
 *
 * <p>All fields are guarded by this object's lock, under which nothing is read and no listener called: what is to be told
 * is handed back as a list. Only {@link #plan} and {@link #apply} change what is held, and the {@link LiveFeed} calls
 * them in turn.
 */
final class LiveImage {

    private static final int STALE_SPANS = 1024;

    private final String feed;
    private final RowLimits limits;

    private final Watched watched = new Watched();
    private final List<Window> opening = new ArrayList<>();
    private Image image = Image.EMPTY;
    private SpanSet held = SpanSet.NONE;
    private SpanSet stale = SpanSet.NONE;
    private boolean planned;
    private Instant touchedSince;
    private Instant plannedSince;
    private long version;

    LiveImage(String feed, RowLimits limits) {
        this.feed = feed;
        this.limits = limits;
    }

    /**
     * Opens a window: at once and without asking the database if its rows are held and that is enough, else by the next
     * refresh.
     *
     * @param heldIsEnough whether the last state that was heard of will do, or the window has to show all that was
     *     committed before it was opened
     */
    synchronized List<Runnable> open(Window window, boolean heldIsEnough) {
        var told = new ArrayList<Runnable>();
        if (heldIsEnough && held.covers(window.span())) {
            admit(window, told);
        } else {
            opening.add(window);
        }
        return told;
    }

    /** @param until how long the rows are kept for whoever comes back, by {@link System#nanoTime()} */
    synchronized void close(Window window, long until) {
        if (window.end()) {
            opening.remove(window);
            watched.remove(window, until);
        }
    }

    synchronized Present present(Window window) {
        if (window.digest() == null) {
            throw new IllegalStateException("the window has no result yet");
        }
        return new Present(version, new Result(image, window.span(), window.digest()));
    }

    /**
     * Changes between these dates were committed.
     *
     * @param since when at the earliest
     */
    synchronized void touch(SpanSet changed, Instant since) {
        if (planned || !held.isEmpty() || !opening.isEmpty()) {
            stale = stale.plus(changed).inAtMost(STALE_SPANS);
        }
        if (!changed.intersect(held).isEmpty()) {
            touchedSince = earlier(touchedSince, since);
        }
    }

    /** Since when some of what is held may not be what was committed last; empty if all of it is, as far as was heard. */
    synchronized Optional<Instant> staleSince() {
        return Optional.ofNullable(earlier(plannedSince, touchedSince));
    }

    /** Whether there is anything to refresh. */
    synchronized boolean isStale() {
        return !opening.isEmpty() || isTouched();
    }

    private boolean isTouched() {
        return !stale.intersect(held).isEmpty();
    }

    /** Whether windows wait whose rows are held, but perhaps not the latest. */
    synchronized boolean isAwaited() {
        return opening.stream().anyMatch(window -> held.covers(window.span()));
    }

    /** Whether rows are held that nobody watches any more. */
    synchronized boolean isLingering() {
        return watched.anyLeft();
    }

    /** The spans that changed since the last plan. */
    synchronized SpanSet stale() {
        return stale;
    }

    /**
     * What the next refresh has to read. Lets go first of what nobody has watched for a while.
     *
     * @param end the windows that are numbered lower are opened, the others later
     */
    synchronized Plan plan(long now, long end) {
        boolean scarce = !opening.isEmpty() && image.size() + limits.window() > limits.feed();
        if (scarce ? watched.forgetAll() : watched.forget(now)) {
            held = held.intersect(watched.spans());
            image = image.within(held);
        }
        List<Window> opened =
                opening.stream().filter(window -> window.number() < end).toList();
        var plan = new Plan(held, image.size(), stale.intersect(held), opened);
        planned = true;
        plannedSince = plan.stale().isEmpty() ? null : touchedSince;
        touchedSince = null;
        stale = SpanSet.NONE;
        opening.removeAll(Set.copyOf(opened));
        return plan;
    }

    /** Nothing came of a plan: what is held stays stale, and windows without a first result are told why. */
    synchronized List<Runnable> giveBack(Plan plan, RuntimeException reason) {
        var told = new ArrayList<Runnable>();
        unplan();
        stale = stale.plus(plan.stale());
        plan.opening().forEach(window -> end(window, reason, told));
        return told;
    }

    /** The same, and the windows wait on. */
    synchronized void startOver(Plan plan) {
        unplan();
        stale = stale.plus(plan.stale());
        opening.addAll(
                plan.opening().stream().filter(window -> !window.isClosed()).toList());
    }

    private void unplan() {
        planned = false;
        touchedSince = earlier(plannedSince, touchedSince);
        plannedSince = null;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    /**
     * The next image; told are the windows that contain a row that differs, and those that are new. If it has grown too
     * large to be held, all are ended.
     */
    synchronized List<Runnable> apply(Plan plan, Reading reading) {
        var told = new ArrayList<Runnable>();
        Image.Refreshed next = image.refreshed(reading.spans(), reading.rows());
        if (next.image().size() > limits.feed()) {
            return endAll(plan, new FeedTooLargeException(feed, limits.feed()));
        }
        planned = false;
        image = next.image();
        held = held.plus(reading.spans());
        Instant heard = earlier(plannedSince, touchedSince);
        plannedSince = null;
        touchedSince = isTouched() ? earlier(touchedSince, Instant.now()) : null;
        version++;
        if (!next.changes().isEmpty()) {
            watched.containing(next.changes().dates()).forEach(window -> update(window, next.changes(), heard, told));
        }
        reading.admitted().forEach(window -> admit(window, told));
        reading.refused().forEach((window, reason) -> end(window, reason, told));
        return told;
    }

    /** Ends every window: there are more rows than may be held. */
    synchronized List<Runnable> endAll(Plan plan, RuntimeException reason) {
        var told = new ArrayList<Runnable>();
        planned = false;
        plannedSince = null;
        touchedSince = null;
        watched.all().forEach(window -> end(window, reason, told));
        plan.opening().forEach(window -> end(window, reason, told));
        image = Image.EMPTY;
        held = SpanSet.NONE;
        return told;
    }

    private void admit(Window window, List<Runnable> told) {
        if (window.isClosed()) {
            return;
        }
        if (image.count(window.span()) > limits.window()) {
            end(window, new WindowTooLargeException(limits.window()), told);
        } else {
            window.digest(image.digest(window.span()));
            watched.add(window);
            told.add(() -> window.listener().opened(window));
        }
    }

    private void update(Window window, RowChanges changes, Instant heard, List<Runnable> told) {
        RowChanges.Slice slice = changes.within(window.span());
        Digest now = slice.isEmpty() ? window.digest() : changes.apply(slice, window.digest());
        if (now.equals(window.digest())) {
            return;
        }
        window.digest(now);
        if (image.count(window.span()) > limits.window()) {
            end(window, new WindowTooLargeException(limits.window()), told);
        } else {
            var update = new WindowUpdate(
                    version, new Result(image, window.span(), now), positions -> changes.json(slice, positions), heard);
            told.add(() -> window.listener().changed(update));
        }
    }

    private void end(Window window, RuntimeException reason, List<Runnable> told) {
        if (window.end()) {
            watched.remove(window, System.nanoTime());
            told.add(() -> window.listener().ended(reason));
        }
    }
}

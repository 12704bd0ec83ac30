package org.livespan.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.livespan.live.ImageReader.Plan;
import org.livespan.live.Window.Present;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * The rows of all watched spans of a feed at one committed state, and the windows on them.
 *
 * <p>All fields are guarded by this object's lock, under which nothing is read and no listener called: notifications are
 * returned as a list. {@link #plan}, {@link #apply} and {@link #endAll} change what is held; one {@link FeedRefresh} at a
 * time calls them.
 */
final class LiveImage {

    private final String feed;
    private final RowLimits limits;
    private final Consumer<Span> unheard;

    private final OpenWindows windows;
    private final OpeningWindows opening = new OpeningWindows();
    private final StaleSpans stale = new StaleSpans();
    private final Looks looks = new Looks();
    private final HeldRows held = new HeldRows();
    private long version;
    private boolean inTurn;

    /** @param unheard called with the dates between which rows differed without a notification */
    LiveImage(String feed, RowLimits limits, Consumer<Span> unheard) {
        this.feed = feed;
        this.limits = limits;
        this.unheard = unheard;
        this.windows = new OpenWindows(limits.window());
    }

    /** Opens a window: at once if it may begin with held rows and they are held, otherwise by the next refresh. */
    synchronized List<Runnable> open(Window window, FirstResult first) {
        var told = new ArrayList<Runnable>();
        if (first == FirstResult.HELD && !inTurn && held.covers(window.restriction())) {
            windows.admit(window, held, told);
        } else {
            opening.add(window, first);
        }
        return told;
    }

    /** @param until how long the rows are kept for clients that come back, by {@link System#nanoTime()} */
    synchronized void close(Window window, long until) {
        if (window.end()) {
            opening.remove(window);
            windows.remove(window, until);
        }
    }

    synchronized boolean holds(Restriction restriction) {
        return held.covers(restriction);
    }

    /** Answers with the held rows of a selection; see {@link LiveFeed#look}. */
    synchronized List<Runnable> look(Restriction restriction, CompletableFuture<Optional<Image>> answer) {
        var told = new ArrayList<Runnable>();
        looks.add(restriction, answer, held, stale, told);
        return told;
    }

    synchronized Present present(Window window) {
        if (window.digest() == null) {
            throw new IllegalStateException("the window has no result yet");
        }
        return new Present(version, window.result(held.image(window.selection())));
    }

    /**
     * Changes with these dates were committed.
     *
     * @param since the earliest possible time of their commits
     */
    synchronized void touch(SpanSet changed, Instant since, Touch how) {
        stale.touch(changed, since, how, held.spans(), !held.spans().isEmpty() || !opening.isEmpty());
    }

    /**
     * Where the held rows with these keys are, of which a change has told nothing else. If rows are being read, where they are in
     * those is looked up too, when those are taken.
     */
    synchronized SpanSet find(Set<String> keys) {
        stale.remember(keys);
        return held.datesOf(keys);
    }

    synchronized boolean isMost(SpanSet dates) {
        return held.isMost(dates);
    }

    /** Since when some held rows may be older than the database; empty if all are current, as far as was heard. */
    synchronized Optional<Instant> staleSince() {
        return stale.since();
    }

    /** Whether any held rows have to be read again. */
    synchronized boolean isStale() {
        return stale.isAny(held.spans());
    }

    /** Whether windows wait only for a refresh. */
    synchronized boolean isAwaited() {
        return opening.anyDue(held);
    }

    /** Whether this window waits only for a refresh. */
    synchronized boolean isDue(Window window) {
        return opening.isDue(window, held);
    }

    /** Whether the window waits for its first result. */
    synchronized boolean isOpening(Window window) {
        return opening.contains(window);
    }

    /** Everything committed before the window came has been heard. */
    synchronized void heard(Window window) {
        opening.heard(window, held, stale.putOff().spans());
    }

    /** Whether rows are held that are no longer watched. */
    synchronized boolean isLingering() {
        return windows.anyLeft();
    }

    /** The spans that changed since the last plan. */
    synchronized SpanSet stale() {
        return stale.touched();
    }

    NeededRows needed() {
        return new NeededRows(feed, this, held, limits.feed());
    }

    AuditedRows audited() {
        return new AuditedRows(this, held, stale);
    }

    PutOffRows putOff() {
        return new PutOffRows(this, held, stale, opening, looks);
    }

    /**
     * What the next refresh has to read. First drops the rows that have not been watched for a while.
     *
     * @param end windows with lower numbers are opened, the others later
     */
    synchronized Plan plan(long now, long end) {
        inTurn = false;
        boolean scarce = !opening.isEmpty() && held.image().size() + limits.window() > limits.feed();
        if (scarce ? windows.forgetAll() : windows.forget(now)) {
            forgetRows();
        }
        SpanSet touched = stale.take(held.spans());
        boolean wide = stale.tookWide();
        SpanSet suspect = stale.takeSuspect(held.spans());
        SpanSet read = touched.plus(suspect);
        looks.planned(read, held.spans());
        List<Window> opened = opening.takeDue(end, held, read);
        var covered = new Coverage();
        opened.forEach(window -> covered.add(window.selection(), held.spans(window.selection())));
        return new Plan(held.spans(), covered, held.image().size(), touched, wide, suspect, opened);
    }

    /** Drops rows that no window needs any more; if there are none, nothing is copied. */
    private void forgetRows() {
        Coverage needed = windows.needed();
        if (held.parts().isMoreThan(needed)) {
            held.keep(needed);
        }
    }

    /** A plan failed: held rows stay stale, and the windows without a first result get the reason. */
    synchronized List<Runnable> giveBack(Plan plan, RuntimeException reason) {
        var told = new ArrayList<Runnable>();
        stale.giveBack(plan.stale());
        stale.suspect(plan.suspect());
        plan.opening().forEach(window -> windows.end(window, reason, told));
        looks.miss(told);
        return told;
    }

    /** The same, but the windows go on waiting. */
    synchronized List<Runnable> startOver(Plan plan) {
        var told = new ArrayList<Runnable>();
        stale.giveBack(plan.stale());
        stale.suspect(plan.suspect());
        opening.putBack(plan.opening());
        looks.miss(told);
        return told;
    }

    /** Makes the next image. Notifies the windows that contain a row that differs, those that are new, and those that have to end. */
    synchronized List<Runnable> apply(Plan plan, ReadRows reading) {
        var told = new ArrayList<Runnable>();
        Differences differences = held.take(reading);
        RowChanges changes = differences.all();
        reading.refused().forEach((window, reason) -> windows.end(window, reason, told));
        if (reading.isAll() || held.image().size() > limits.feed()) {
            held.keep(windows.makeRoom(new Room(feed, limits), reading.admitted(), held, told));
        }
        reading.differs(changes);
        Instant heard = stale.read(held.spans());
        touch(held.datesOf(stale.takeKeys()), Instant.now(), Touch.NARROW);
        version++;
        if (!differences.isNone()) {
            SpanSet silent = reading.isAll()
                    ? SpanSet.NONE
                    : plan.silent(reading).minus(stale.putOff().spans());
            differences.spanWithin(silent).ifPresent(found -> told.add(() -> unheard.accept(found)));
            windows.update(differences, held, version, heard, told);
        }
        reading.admitted().forEach(window -> windows.admit(window, held, told));
        opening.putBack(reading.leftOf(plan.opening()));
        looks.refreshed(held, told);
        return told;
    }

    /** Whether two rows with one key were held since the last call. */
    synchronized boolean tookTwins() {
        return held.tookTwins();
    }

    /** The open windows and these, in the order of their numbers. No others are opened until the next plan. */
    synchronized List<Window> windowsWith(List<Window> opened) {
        inTurn = true;
        return windows.with(opened);
    }

    /** Drops all rows and ends all windows, because the feed may no longer be read. */
    synchronized List<Runnable> endAll(Plan plan, RuntimeException reason) {
        var told = new ArrayList<Runnable>();
        stale.forget();
        windows.all().forEach(window -> windows.end(window, reason, told));
        plan.opening().forEach(window -> windows.end(window, reason, told));
        looks.miss(told);
        held.keep(new Coverage());
        return told;
    }
}

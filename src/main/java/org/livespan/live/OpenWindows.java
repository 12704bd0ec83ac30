package org.livespan.live;

import static java.util.Comparator.comparingLong;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.livespan.feed.Digest;
import org.livespan.feed.Selection;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * The open windows of a feed, and for a while the spans of closed ones.
 *
 * <p>Guarded by its {@link LiveImage}. Notifications are added to a list, to be sent without its lock.
 */
final class OpenWindows {

    /** So many dates are looked up one by one; for more, the whole time between them. */
    private static final int DATES_LOOKED_UP = 64;

    private final int mostRows;
    private final Map<Selection, WindowTree> windows = new HashMap<>();

    /** What closed windows showed, and until when their rows are kept, by {@link System#nanoTime()}. */
    private final Map<Restriction, Long> left = new LinkedHashMap<>();

    /** @param mostRows how many rows a window may hold */
    OpenWindows(int mostRows) {
        this.mostRows = mostRows;
    }

    /** Keeps the window up to date from now on, unless it was closed meanwhile or holds too many rows. */
    void admit(Window window, HeldRows held, List<Runnable> told) {
        if (window.isClosed()) {
            return;
        }
        Image image = held.image(window.selection());
        if (image.count(window.span()) > mostRows) {
            end(window, new WindowTooLargeException(mostRows), told);
        } else {
            window.digest(image.digest(window.span()));
            windows.computeIfAbsent(window.selection(), none -> new WindowTree())
                    .add(window);
            told.add(() -> window.listener().opened(window));
        }
    }

    /** Notifies the windows that contain a row that differs. */
    void update(Differences differences, HeldRows held, long version, Instant heard, List<Runnable> told) {
        update(Selection.ALL, differences.all(), held, version, heard, told);
        differences.selected().forEach((selection, changes) -> update(selection, changes, held, version, heard, told));
    }

    private void update(
            Selection selection, RowChanges changes, HeldRows held, long version, Instant heard, List<Runnable> told) {
        WindowTree tree = windows.get(selection);
        Image image = held.image(selection);
        for (Window window : tree == null ? Set.<Window>of() : containing(changes.dates(), tree)) {
            RowChanges.Slice slice = changes.within(window.span());
            Digest now = slice.isEmpty() ? window.digest() : changes.apply(slice, window.digest());
            if (now.equals(window.digest())) {
                continue;
            }
            window.digest(now);
            if (image.count(window.span()) > mostRows) {
                end(window, new WindowTooLargeException(mostRows), told);
            } else {
                var update = new WindowUpdate(
                        version,
                        window.result(image),
                        positions -> changes.json(slice, window.span(), positions),
                        heard);
                told.add(() -> window.listener().changed(update));
            }
        }
    }

    /** Ends the window, if it was open, and notifies it. */
    void end(Window window, RuntimeException reason, List<Runnable> told) {
        if (window.end()) {
            remove(window, System.nanoTime());
            told.add(() -> window.listener().ended(reason));
        }
    }

    /** @param until when its rows may be dropped, by {@link System#nanoTime()} */
    void remove(Window window, long until) {
        windows.computeIfPresent(window.selection(), (selection, tree) -> {
            tree.remove(window);
            return tree.size() == 0 ? null : tree;
        });
        left.merge(window.restriction(), until, (one, other) -> one - other > 0 ? one : other);
    }

    /** The windows that contain one of the dates, and, if there are many dates, perhaps others between. */
    private static Set<Window> containing(long[] dates, WindowTree windows) {
        var found = new LinkedHashSet<Window>();
        if (dates.length <= DATES_LOOKED_UP) {
            for (long date : dates) {
                windows.forEachBetween(date, date, found::add);
            }
        } else {
            windows.forEachBetween(dates[0], dates[dates.length - 1], found::add);
        }
        return found;
    }

    List<Window> all() {
        var all = new ArrayList<Window>();
        windows.values().forEach(tree -> tree.forEach(all::add));
        return all;
    }

    /** The open windows and the others, in the order of their numbers. */
    List<Window> with(List<Window> others) {
        return Stream.concat(all().stream(), others.stream().filter(window -> !window.isClosed()))
                .sorted(comparingLong(Window::number))
                .toList();
    }

    /**
     * Ends the windows for which there is no room, and forgets the closed ones.
     *
     * @param opened more windows that need room
     * @return what those that stay need
     */
    Coverage makeRoom(Room room, List<Window> opened, HeldRows held, List<Runnable> told) {
        List<Window> all = with(opened);
        Map<Window, RuntimeException> refused = room.refused(all, held);
        refused.forEach((window, reason) -> end(window, reason, told));
        forgetAll();
        return coverage(
                all.stream().filter(window -> !refused.containsKey(window)).map(Window::restriction));
    }

    private static Coverage coverage(Stream<Restriction> restrictions) {
        var spans = new HashMap<Selection, List<Span>>();
        restrictions.forEach(restriction -> spans.computeIfAbsent(restriction.selection(), none -> new ArrayList<>())
                .add(restriction.span()));
        var coverage = new Coverage();
        spans.forEach((selection, some) -> coverage.add(selection, SpanSet.of(some)));
        return coverage;
    }

    /** Forgets the closed windows whose time is over, and says whether there were any. */
    boolean forget(long now) {
        return left.values().removeIf(until -> until - now <= 0);
    }

    /** Forgets all closed windows, and says whether there were any. */
    boolean forgetAll() {
        boolean any = anyLeft();
        left.clear();
        return any;
    }

    boolean anyLeft() {
        return !left.isEmpty();
    }

    /** What is watched, or was until recently. */
    Coverage needed() {
        return coverage(Stream.concat(all().stream().map(Window::restriction), left.keySet().stream()));
    }
}

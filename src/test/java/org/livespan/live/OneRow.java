package org.livespan.live;

import org.livespan.time.Span;

/** A live feed of a table with one row whose JSON is a single word. Each call does all the work that it causes. */
public final class OneRow {

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor executor = new ManualExecutor();
    private final LiveFeed live =
            new TestNode(feed, executor).with(new RowLimits(1, 10)).live();

    public OneRow(String word) {
        feed.toldTo(live::changed);
        feed.put(0, 0, word);
    }

    /** Opens a window on the row and notifies the listener. */
    public Window open(WindowListener listener) {
        Window window = live.open(Restriction.to(new Span(0, 0)), listener, FirstResult.HELD);
        executor.runAll();
        return window;
    }

    /** Commits another word and notifies all windows. */
    public void becomes(String word) {
        feed.put(0, 0, word);
        feed.hearAll();
        executor.runAll();
    }

    /** Makes the window exceed the limit on its rows. */
    public void growsTooLarge() {
        feed.put(1, 0, "another");
        feed.hearAll();
        executor.runAll();
    }
}

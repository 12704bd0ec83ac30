package org.livespan.live;

import java.time.Duration;

/**
 * The pace of a feed.
 *
 * @param interval the least time between two refreshes for changes, and between two for new windows
 * @param opening for how long one refresh reads new windows, while changes wait for it
 * @param linger how long rows are kept that nobody watches any more
 */
record RefreshTimes(Duration interval, Duration opening, Duration linger) {}

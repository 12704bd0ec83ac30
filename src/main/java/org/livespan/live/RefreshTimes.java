package org.livespan.live;

import java.time.Duration;

/**
 * The times of a feed's refreshes.
 *
 * @param interval the least time between two refreshes for changes, and between two for new windows
 * @param opening how long one refresh reads new windows, while changes wait
 * @param linger how long rows are kept that are no longer watched
 */
record RefreshTimes(Duration interval, Duration opening, Duration linger) {}

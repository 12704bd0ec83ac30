package org.livespan.live;

import java.time.Duration;

/**
 * The pace of a feed.
 *
 * @param interval the least time between two refreshes
 * @param linger how long rows are kept that nobody watches any more
 */
record RefreshTimes(Duration interval, Duration linger) {}

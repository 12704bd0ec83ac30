package org.livespan.live;

/**
 * The limits on rows.
 *
 * @param window the most rows of one window
 * @param feed the most rows of all windows on a feed together
 */
record RowLimits(int window, int feed) {}

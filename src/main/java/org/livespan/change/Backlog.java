package org.livespan.change;

/**
 * What the server keeps because it has not been heard yet.
 *
 * @param queueUsage how much of its notification queue is full, 0 to 1
 * @param logBytes how much of its log has not been read; 0 where notifications are listened to
 */
public record Backlog(double queueUsage, long logBytes) {

    static final Backlog NONE = new Backlog(0, 0);
}

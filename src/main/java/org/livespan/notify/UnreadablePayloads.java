package org.livespan.notify;

import static java.lang.System.Logger.Level.WARNING;

import java.lang.System.Logger;
import java.time.Duration;

/**
 * Counts the notifications that cannot be read, and logs them at most once a minute, so that a flood on the channel does not
 * flood the log.
 *
 * <p>Owned by the listening thread.
 */
final class UnreadablePayloads {

    private static final Logger LOG = System.getLogger(UnreadablePayloads.class.getName());
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
    private static final int LENGTH_SHOWN = 120;

    private long count;
    private long nextLine = System.nanoTime();

    void count(String channel, String payload, UnreadablePayloadException cause) {
        count++;
        if (System.nanoTime() - nextLine >= 0) {
            nextLine = System.nanoTime() + BETWEEN_LINES.toNanos();
            LOG.log(
                    WARNING,
                    "A notification on channel \"{0}\" cannot be read: {1}. All windows are read again. Unreadable so far: {2}."
                            + " Something other than livespan.watch uses this channel: set livespan.channel to another. The payload begins: {3}",
                    channel,
                    cause.getMessage(),
                    count,
                    shown(payload));
        }
    }

    private static String shown(String payload) {
        String start = payload.substring(0, Math.min(LENGTH_SHOWN, payload.length()));
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}

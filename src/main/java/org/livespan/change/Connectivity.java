package org.livespan.change;

import java.time.Instant;
import java.util.Objects;

/**
 * Whether the database can be reached in one of the ways to it.
 *
 * @param up whether it can
 * @param since when that began; while it cannot, the first attempt that failed
 * @param reason why it cannot, as of the latest attempt; empty if it can
 */
public record Connectivity(boolean up, Instant since, String reason) {

    public Connectivity {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(reason, "reason");
    }

    public static Connectivity up(Instant since) {
        return new Connectivity(true, since, "");
    }

    public static Connectivity down(Instant since, String reason) {
        return new Connectivity(false, since, reason);
    }

    /** The state after an answer. */
    public Connectivity answered(Instant now) {
        return up ? this : up(now);
    }

    /** The state after an attempt that failed. */
    public Connectivity failed(Instant now, String why) {
        return down(up ? now : since, why);
    }
}

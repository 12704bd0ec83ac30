package org.livespan.change;

import java.time.Instant;
import java.util.Objects;

/**
 * Whether the database answers on one of the ways to it.
 *
 * @param up whether it does
 * @param since when that began; while it does not answer, when it was first asked in vain
 * @param reason why it does not, as of the latest attempt; empty if it does
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

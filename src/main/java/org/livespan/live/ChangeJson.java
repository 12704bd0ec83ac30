package org.livespan.live;

import org.livespan.gzip.Deflated;

/**
 * The differences between two results of a window, as JSON on one line: rendered once, and compressed once when that is first
 * needed, for all windows in which the same rows changed.
 */
public final class ChangeJson {

    private final byte[] json;

    /** Guarded by this object's lock. */
    private Deflated deflated;

    /** @param json must not be changed */
    public ChangeJson(byte[] json) {
        this.json = json;
    }

    /** UTF-8; must not be changed. */
    public byte[] json() {
        return json;
    }

    public synchronized Deflated deflated() {
        if (deflated == null) {
            deflated = Deflated.of(json);
        }
        return deflated;
    }
}

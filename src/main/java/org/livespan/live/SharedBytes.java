package org.livespan.live;

import java.lang.ref.WeakReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The bytes of a large result, shared by all clients to which it is being sent. They are rendered for the second client: a
 * thousand different results may be on their way at a time, each to a single client, to which the rows are written directly.
 * When no client uses the bytes any more, they can be garbage collected.
 *
 * <p>Its fields are guarded by its own lock.
 */
public final class SharedBytes {

    private final UnsentBytes room;
    private final LongSupplier size;
    private final Supplier<byte[]> render;

    private boolean asked;
    private WeakReference<byte[]> rendered = new WeakReference<>(null);
    private byte[] used;
    private int users;
    private long taken;

    /**
     * @param size their approximate number
     * @param render renders them
     */
    public SharedBytes(UnsentBytes room, LongSupplier size, Supplier<byte[]> render) {
        this.room = room;
        this.size = size;
        this.render = render;
    }

    /**
     * The bytes for one more client.
     *
     * @return must not be changed, and must be followed by one {@link #giveBack}; null for the first client, and while there
     *     is no room
     */
    public synchronized byte[] take() {
        if (!asked) {
            asked = true;
            return null;
        }
        if (used == null && !use()) {
            return null;
        }
        users++;
        return used;
    }

    private boolean use() {
        long bytes = size.getAsLong();
        if (!room.takeShared(bytes)) {
            return false;
        }
        taken = bytes;
        used = rendered.get();
        if (used == null) {
            render();
        }
        return true;
    }

    private void render() {
        try {
            used = render.get();
            rendered = new WeakReference<>(used);
        } finally {
            if (used == null) {
                room.giveBackShared(taken);
            }
        }
    }

    /** A client no longer needs them. */
    public synchronized void giveBack() {
        users--;
        if (users == 0) {
            used = null;
            room.giveBackShared(taken);
        }
    }
}

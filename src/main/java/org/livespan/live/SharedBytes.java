package org.livespan.live;

import java.lang.ref.WeakReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A large result in one piece, shared by all who are being sent it. It is put together for the second who asks: a thousand
 * different ones may be on their way at a time, each as long as its client takes. When nobody uses it any more, it is garbage
 * unless somebody asks before it is collected.
 *
 * <p>The fields are guarded by this object's lock.
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
     * @param size of the bytes, give or take a few
     * @param render puts them together
     */
    public SharedBytes(UnsentBytes room, LongSupplier size, Supplier<byte[]> render) {
        this.room = room;
        this.size = size;
        this.render = render;
    }

    /**
     * For one more who uses the bytes.
     *
     * @return never to be changed, and to be followed by one {@link #giveBack}; null for the first who asks, and if there is
     *     no room for them
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

    /** One of the users needs them no more. */
    public synchronized void giveBack() {
        users--;
        if (users == 0) {
            used = null;
            room.giveBackShared(taken);
        }
    }
}

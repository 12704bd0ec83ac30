package org.livespan.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The memory, in bytes, for what clients have not taken yet; by default a quarter of the heap. A third each is for large
 * results that several clients share, for rows read for plain requests, and for clients that do not read.
 */
@ApplicationScoped
public class UnsentBytes {

    private static final int OF_HEAP = 4;
    private static final int PARTS = 3;

    @Inject
    @ConfigProperty(name = "livespan.limits.unsent-bytes")
    Optional<Long> limit;

    private final AtomicLong shared = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();

    /** One of these thirds. */
    public long part() {
        return Math.max(1, limit.orElseGet(() -> Runtime.getRuntime().maxMemory() / OF_HEAP) / PARTS);
    }

    /** @return whether there was room for a shared result of that size; if so, it has to be given back */
    boolean takeShared(long bytes) {
        long most = part() - bytes;
        long now = shared.get();
        while (now <= most) {
            if (shared.compareAndSet(now, now + bytes)) {
                return true;
            }
            now = shared.get();
        }
        return false;
    }

    void giveBackShared(long bytes) {
        shared.addAndGet(-bytes);
    }

    /** @param bytes the size of rows kept for plain requests; negative when they are dropped */
    public void keepRows(long bytes) {
        rows.addAndGet(bytes);
    }

    /** Whether more rows may be read for plain requests. */
    public boolean hasRoomForRows() {
        return rows.get() < part();
    }
}

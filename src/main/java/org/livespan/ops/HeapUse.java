package org.livespan.ops;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;

/**
 * The heap at one moment.
 *
 * @param used in bytes
 * @param kept what the latest collections left in use, in bytes
 * @param most its maximum, in bytes; not positive if unknown
 * @param collections how many there were since the start
 */
record HeapUse(long used, long kept, long most, long collections) {

    private static final double FULL = 0.97;

    static HeapUse now() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long kept = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        long collections = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        return new HeapUse(heap.getUsed(), kept, heap.getMax(), collections);
    }

    /** Compares both: what was kept may be old, as of the latest large collection, and what is used may be garbage. */
    boolean isFull() {
        return most > 0 && Math.min(used, kept) >= FULL * most;
    }
}

package org.livespan.ops;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.livespan.db.MemoryLoss;

/**
 * Live while there is memory. One {@link OutOfMemoryError} is enough: it strikes any thread, the server's own too, and those
 * that ended by it are not started again. One that Livespan did not meet itself is known by what it leaves: a heap that stays
 * full, or {@link SelectorHealth selectors} that are gone.
 */
@Liveness
@ApplicationScoped
public class MemoryHealth implements HealthCheck {

    private final FullHeap fullHeap = new FullHeap();

    @Override
    public HealthCheckResponse call() {
        HeapUse heap = HeapUse.now();
        boolean full = fullHeap.lasts(heap, System.nanoTime());
        var answer = HealthCheckResponse.named("memory")
                .withData("heapUsedBytes", heap.used())
                .withData("heapMostBytes", heap.most());
        if (MemoryLoss.wasMet()) {
            return Answers.down(answer, "memory was used up once: threads may have ended by it");
        }
        return full
                ? Answers.down(answer, "the heap has stayed full for " + FullHeap.LEAST.toSeconds() + " s")
                : answer.up().build();
    }
}

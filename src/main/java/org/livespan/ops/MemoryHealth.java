package org.livespan.ops;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.livespan.db.MemoryLoss;

/**
 * Live until memory was used up. One {@link OutOfMemoryError} is enough: it can kill any thread, including the server's own,
 * and these are not restarted. One that Livespan did not catch itself is recognised by its effects: a heap that stays full, or
 * {@linkplain SelectorHealth selectors} that are gone.
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
            return Answers.down(answer, "an OutOfMemoryError was thrown: it may have killed threads");
        }
        return full
                ? Answers.down(answer, "the heap has stayed full for " + FullHeap.LEAST.toSeconds() + " s")
                : answer.up().build();
    }
}

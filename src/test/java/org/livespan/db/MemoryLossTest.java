package org.livespan.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How it is detected that memory was used up. */
class MemoryLossTest {

    @Test
    void an_out_of_memory_error_in_a_repeated_task_is_recorded_and_other_failures_are_not() {
        MemoryLoss.tell(new IllegalStateException("something else"));
        MemoryLoss.tell(null);
        assertThat(MemoryLoss.wasMet()).isFalse();
        var threads = new DatabaseThreads();
        threads.factory = new PlainThreads();
        threads.call = new DatabaseCall();

        var executor = threads.executor(1);
        executor.scheduleWithFixedDelay(MemoryLossTest::useUpMemory, 0, 1, TimeUnit.SECONDS);

        await().until(MemoryLoss::wasMet);
        executor.shutdownNow();
    }

    private static void useUpMemory() {
        throw new OutOfMemoryError("as if");
    }

    private static final class PlainThreads implements ManagedThreadFactory {
        @Override
        public Thread newThread(Runnable work) {
            return new Thread(work);
        }

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            return ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        }
    }
}

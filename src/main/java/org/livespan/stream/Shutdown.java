package org.livespan.stream;

import static java.lang.System.Logger.Level.DEBUG;

import java.lang.System.Logger;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a task once, at the first notice that the server is stopping; later ones wait for it.
 *
 * <p>One of them is the exit of the JVM, because Open Liberty waits half a minute for open streams before it notifies an
 * application, and aborts them then.
 */
final class Shutdown implements Runnable {

    private static final Logger LOG = System.getLogger(Shutdown.class.getName());

    private final Runnable end;
    private final Thread atExit = new Thread(this, "livespan-exit");
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);

    /** @param end run once */
    Shutdown(Runnable end) {
        this.end = end;
    }

    void hookExit() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    @Override
    public void run() {
        if (!begun.compareAndSet(false, true)) {
            awaitDone();
            return;
        }
        try {
            unhookExit();
            end.run();
        } finally {
            done.countDown();
        }
    }

    private void awaitDone() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void unhookExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            LOG.log(DEBUG, "The server is being stopped: {0}", e);
        }
    }
}

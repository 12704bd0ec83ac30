package org.livespan.bench;

import java.time.Duration;
import java.util.Arrays;

/** When each client received what. A mark is the number of a row; mark 0 stands for a client's first event. */
class Arrivals implements SseClient.Listener {

    private int expected;
    private int awaited = -1;
    private long[] times = {};
    private int arrived;
    private long events;
    private int lost;
    private String lastLoss = "";

    /** Starts again, for this number of clients. */
    final synchronized void expect(int clients) {
        expected = clients;
        events = 0;
        begin(0);
    }

    private void begin(int mark) {
        awaited = mark;
        times = new long[expected];
        arrived = 0;
    }

    /** To be called before the row is written. */
    final synchronized void expectMark(int mark) {
        begin(mark);
    }

    @Override
    public synchronized void event(int toldBefore, int told) {
        boolean isAwaited = awaited == 0 ? events < expected : toldBefore < awaited && awaited <= told;
        events++;
        if (isAwaited) {
            times[arrived++] = System.nanoTime();
            if (arrived == expected) {
                notifyAll();
            }
        }
    }

    /** A client was refused, or its stream has ended. */
    final synchronized void lost(Exception why) {
        lost++;
        lastLoss = why.getMessage();
        notifyAll();
    }

    /** @throws IllegalStateException if a client was lost */
    final synchronized void requireAll() {
        if (lost > 0) {
            throw new IllegalStateException(lost + " clients were lost, one because " + lastLoss);
        }
    }

    /** The number of events that all clients received together. */
    final synchronized long events() {
        return events;
    }

    /** Returns when all have it, with the sorted times of arrival, by {@link System#nanoTime()}. */
    final synchronized long[] await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (arrived < expected) {
            requireAll();
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException("Only " + arrived + " of " + expected + " clients were reached");
            }
            wait(left);
        }
        Arrays.sort(times);
        return times.clone();
    }
}

package org.livespan.bench;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * How long changes took to reach their clients, from just before each {@code INSERT} was sent, so it and its commit are
 * included.
 *
 * @param millis for each change, the milliseconds until each client had it, sorted
 */
record Latencies(double[][] millis) {

    /** Over all clients and changes. */
    double percentile(int percent) {
        double[] all =
                Arrays.stream(millis).flatMapToDouble(Arrays::stream).sorted().toArray();
        return all[Math.min(all.length - 1, all.length * percent / 100)];
    }

    /** Until half of the clients had a change; the median over all changes. */
    double middleClient() {
        return median(change -> change[change.length / 2]);
    }

    /** Until the last client had a change; the median over all changes. */
    double lastClient() {
        return median(change -> change[change.length - 1]);
    }

    private double median(ToDoubleFunction<double[]> ofChange) {
        double[] figures = Arrays.stream(millis).mapToDouble(ofChange).sorted().toArray();
        return figures[figures.length / 2];
    }
}

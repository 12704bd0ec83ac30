package org.livespan.bench;

import java.util.Arrays;

/** How long each mark took to reach each client, also those that arrive together with later ones. */
final class Lags extends Arrivals {

    private static final int MOST_MARKS = 1 << 20;
    private static final int MOST_MILLIS = 60_000;

    private final long[] sent = new long[MOST_MARKS];
    private final long[] clientsByMillis = new long[MOST_MILLIS + 1];

    /** To be called before the row is written. */
    synchronized void sent(int mark) {
        sent[mark] = System.nanoTime();
    }

    /** What arrived until now does not count. */
    synchronized void reset() {
        Arrays.fill(sent, 0);
        Arrays.fill(clientsByMillis, 0);
    }

    @Override
    public synchronized void event(int toldBefore, int told) {
        super.event(toldBefore, told);
        long now = System.nanoTime();
        for (int mark = toldBefore + 1; mark <= told; mark++) {
            if (sent[mark] != 0) {
                clientsByMillis[(int) Math.min((now - sent[mark]) / 1_000_000, MOST_MILLIS)]++;
            }
        }
    }

    /** In whole milliseconds, over all clients and marks. */
    synchronized double percentile(int percent) {
        long before = Arrays.stream(clientsByMillis).sum() * percent / 100;
        int millis = 0;
        for (long counted = clientsByMillis[0]; counted < before; counted += clientsByMillis[millis]) {
            millis++;
        }
        return millis;
    }
}

package org.livespan.bench;

import java.util.Locale;
import java.util.Map;

/** How a server hears of changes of the orders, if one is there. */
enum Heard {
    NONE,
    NOTIFY,
    WAL;

    /** The settings of such a server. */
    Map<String, String> settings() {
        return Map.of("livespan.source", title());
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Prepares the table for it, and for nothing else. */
    void prepare(Orders orders) throws Exception {
        orders.run("select livespan.unwatch('orders'), livespan.unpublish('orders')");
        switch (this) {
            case NOTIFY -> orders.run("select livespan.watch('orders', 'created_at')");
            case WAL -> orders.run("select livespan.publish('orders')");
            default -> {}
        }
    }
}

package org.livespan.live;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.livespan.feed.Row;
import org.livespan.feed.Selection;
import org.livespan.time.SpanSet;

/** For each of some selections, spans of it. Owned by its user. */
final class Coverage {

    private final Map<Selection, SpanSet> spans = new HashMap<>();

    SpanSet of(Selection selection) {
        return spans.getOrDefault(selection, SpanSet.NONE);
    }

    void add(Selection selection, SpanSet more) {
        if (!more.isEmpty()) {
            spans.merge(selection, more, SpanSet::plus);
        }
    }

    /** Whether the row is in one of the selections, within its spans. */
    boolean includes(Row row) {
        return spans.entrySet().stream()
                .anyMatch(part ->
                        part.getValue().contains(row.date()) && part.getKey().includes(row.values()));
    }

    Set<Selection> selections() {
        return spans.keySet();
    }

    void clear() {
        spans.clear();
    }
}

package org.livespan.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.livespan.feed.Condition;
import org.livespan.feed.Selection;

/**
 * Few and simple selections that include all rows of many. Of each, one column is used: that which most of them have, and among
 * these the one with the most values. So for the rows of a thousand tenants, whatever else their windows are filtered by, the
 * database is asked for the rows of a thousand tenants.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class Superset {

    /** So many are used as they are. */
    static final int FEW = 8;

    private final Set<Selection> all = new LinkedHashSet<>();

    /** Null after a selection was added or removed. */
    private Set<Selection> known;

    static Set<Selection> of(Collection<Selection> selections) {
        var superset = new Superset();
        selections.forEach(superset::add);
        return superset.selections();
    }

    void add(Selection selection) {
        all.add(selection);
        known = null;
    }

    void remove(Selection selection) {
        all.remove(selection);
        known = null;
    }

    Set<Selection> selections() {
        if (known == null) {
            known = all.size() <= FEW ? Set.copyOf(all) : simplified();
        }
        return known;
    }

    private Set<Selection> simplified() {
        var uses = new HashMap<Integer, Integer>();
        var values = new HashMap<Integer, Set<Object>>();
        for (Selection selection : all) {
            for (int column : selection.columns()) {
                uses.merge(column, 1, Integer::sum);
                values.computeIfAbsent(column, none -> new LinkedHashSet<>())
                        .addAll(selection.condition(column).values());
            }
        }
        var chosen = new LinkedHashMap<Integer, List<Condition>>();
        Comparator<Integer> useful = Comparator.<Integer>comparingInt(uses::get)
                .thenComparing(column -> values.get(column).size());
        for (Selection selection : all) {
            int best = Collections.max(selection.columns(), useful);
            chosen.computeIfAbsent(best, none -> new ArrayList<>()).add(selection.condition(best));
        }
        var simple = new LinkedHashSet<Selection>();
        chosen.forEach((column, conditions) -> simple.add(Selection.ALL.and(column, Condition.any(conditions))));
        return simple;
    }
}

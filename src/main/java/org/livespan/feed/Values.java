package org.livespan.feed;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of one filter column that are in use. PostgreSQL determines which texts are equal: only texts with the same hash can
 * be, and it is asked once about each of these.
 *
 * <p>Values that are no longer in use are dropped. Guarded by this object's lock.
 */
final class Values {

    private final Map<Long, List<Entry>> byHash = new HashMap<>();
    private final Map<String, Entry> byText = new HashMap<>();
    private final ReferenceQueue<Value> forgotten = new ReferenceQueue<>();

    private static final class Entry extends WeakReference<Value> {
        private final long hash;
        private final String text;

        Entry(Value value, long hash, ReferenceQueue<Value> queue) {
            super(value, queue);
            this.hash = hash;
            this.text = value.text();
        }
    }

    /** The value that PostgreSQL prints as this text; null if it is not known. */
    synchronized Value known(String text) {
        Entry entry = byText.get(text);
        return entry == null ? null : entry.get();
    }

    /** The value of a row. @return null if the database has to be asked whether it is one of the {@link #candidates} */
    synchronized Value find(long hash, String text) {
        List<Entry> entries = byHash.get(hash);
        if (entries == null) {
            return Value.OTHER;
        }
        boolean unknown = false;
        for (Entry entry : entries) {
            Value value = entry.get();
            if (value != null) {
                if (value.isWritten(text)) {
                    return value;
                }
                unknown |= !value.isNotWritten(text);
            }
        }
        return unknown ? null : Value.OTHER;
    }

    /** The values with that hash. */
    synchronized List<Value> candidates(long hash) {
        var found = new ArrayList<Value>();
        for (Entry entry : byHash.getOrDefault(hash, List.of())) {
            Value value = entry.get();
            if (value != null) {
                found.add(value);
            }
        }
        return found;
    }

    /**
     * The value with this text, which somebody asks for from now on.
     *
     * @param text as PostgreSQL prints it
     * @return null if the database has to be asked first whether it is one of the {@link #candidates}
     */
    synchronized Value add(long hash, String text) {
        forget();
        Value found = find(hash, text);
        if (found != Value.OTHER) {
            return found;
        }
        var value = new Value(text, this);
        var entry = new Entry(value, hash, forgotten);
        byHash.computeIfAbsent(hash, same -> new ArrayList<>(1)).add(entry);
        byText.put(text, entry);
        return value;
    }

    private void forget() {
        for (Reference<? extends Value> gone = forgotten.poll(); gone != null; gone = forgotten.poll()) {
            var entry = (Entry) gone;
            byText.remove(entry.text, entry);
            byHash.computeIfPresent(entry.hash, (hash, entries) -> {
                entries.remove(entry);
                return entries.isEmpty() ? null : entries;
            });
        }
    }
}

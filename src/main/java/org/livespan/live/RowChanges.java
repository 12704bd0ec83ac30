package org.livespan.live;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.livespan.feed.Digest;
import org.livespan.time.Span;

/**
 * The differences between two images, row by row: the upserted rows, new or changed, and the removed ones, each in the
 * order of their dates. Rendered once for all windows that contain the same part of them.
 */
final class RowChanges {

    private final HeldRow[] upserted;
    private final HeldRow[] after;
    private final HeldRow[] removed;

    /** The sums of the digests up to each row, computed when they are first needed. Guarded by the {@link LiveImage}. */
    private Digest[] upsertedUntil;

    private Digest[] removedUntil;
    private final Map<Rendering, ChangeJson> rendered = new ConcurrentHashMap<>();

    /** The part of the changes in a window, by index. */
    record Slice(int upsertedFrom, int upsertedUntil, int removedFrom, int removedUntil) {
        boolean isEmpty() {
            return upsertedFrom == upsertedUntil && removedFrom == removedUntil;
        }
    }

    /** @param first whether the first of the upserted rows is the first of its window; of no importance without positions */
    private record Rendering(Slice slice, boolean positions, boolean first) {}

    /** @param after for each upserted row, the one that it follows; null for the first of all */
    RowChanges(List<HeldRow> upserted, List<HeldRow> after, List<HeldRow> removed) {
        this.upserted = upserted.toArray(HeldRow[]::new);
        this.after = after.toArray(HeldRow[]::new);
        this.removed = removed.toArray(HeldRow[]::new);
    }

    boolean isEmpty() {
        return upserted.length == 0 && removed.length == 0;
    }

    List<HeldRow> upserted() {
        return Arrays.asList(upserted);
    }

    List<HeldRow> removed() {
        return Arrays.asList(removed);
    }

    /** The dates of all upserted and removed rows, each once, in order. */
    long[] dates() {
        return LongStream.concat(
                        Arrays.stream(upserted).mapToLong(HeldRow::date),
                        Arrays.stream(removed).mapToLong(HeldRow::date))
                .sorted()
                .distinct()
                .toArray();
    }

    Slice within(Span span) {
        return new Slice(
                Dates.firstNotBefore(upserted, span.start()),
                Dates.firstAfter(upserted, span.end()),
                Dates.firstNotBefore(removed, span.start()),
                Dates.firstAfter(removed, span.end()));
    }

    /** The digest of a window after its slice of the changes. */
    Digest apply(Slice slice, Digest before) {
        if (upsertedUntil == null) {
            upsertedUntil = sums(upserted);
            removedUntil = sums(removed);
        }
        return before.plus(upsertedUntil[slice.upsertedUntil])
                .minus(upsertedUntil[slice.upsertedFrom])
                .minus(removedUntil[slice.removedUntil])
                .plus(removedUntil[slice.removedFrom]);
    }

    /** See {@link WindowUpdate.Changes#json}; a row with a new version is not listed as removed. */
    ChangeJson json(Slice slice, Span window, boolean positions) {
        var rendering = new Rendering(slice, positions, positions && isFirst(slice, window));
        return rendered.computeIfAbsent(rendering, this::render);
    }

    /** Whether no row of the window comes before the first upserted one. Any other follows at least that one. */
    private boolean isFirst(Slice slice, Span window) {
        HeldRow before = slice.upsertedFrom < slice.upsertedUntil ? after[slice.upsertedFrom] : null;
        return before == null || before.date() < window.start();
    }

    private ChangeJson render(Rendering rendering) {
        Slice slice = rendering.slice();
        List<HeldRow> present = upserted().subList(slice.upsertedFrom, slice.upsertedUntil);
        Set<ByteBuffer> keys = present.stream().map(HeldRow::key).collect(Collectors.toSet());
        List<HeldRow> gone = removed().subList(slice.removedFrom, slice.removedUntil).stream()
                .filter(row -> !keys.contains(row.key()))
                .toList();
        long bytes = present.stream().mapToLong(HeldRow::jsonLength).sum();
        byte[] rows = Json.array(present, Json.size(present.size(), bytes));
        return new ChangeJson(Json.change(rows, gone, rendering.positions ? before(rendering) : null));
    }

    private List<HeldRow> before(Rendering rendering) {
        var before = new ArrayList<>(
                Arrays.asList(after).subList(rendering.slice.upsertedFrom, rendering.slice.upsertedUntil));
        if (rendering.first && !before.isEmpty()) {
            before.set(0, null);
        }
        return before;
    }

    private static Digest[] sums(HeldRow[] rows) {
        var sums = new Digest[rows.length + 1];
        sums[0] = Digest.NONE;
        for (int i = 0; i < rows.length; i++) {
            sums[i + 1] = sums[i].plus(rows[i].digest());
        }
        return sums;
    }
}

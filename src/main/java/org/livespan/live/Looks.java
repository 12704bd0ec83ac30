package org.livespan.live;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * Requests for held rows from clients that do not watch them. Nothing is read or kept for them; if a change of the rows was
 * heard, they wait until it has been read.
 *
 * <p>Guarded by the {@link LiveImage}. Answers are added to a list, to be given without its lock.
 */
final class Looks {

    private final List<Look> waiting = new ArrayList<>();

    /** Those that waited for rows to be compared when they came; some may be over. The others wait only for a refresh. */
    private final Set<Doubt> compared = new LinkedHashSet<>();

    /**
     * @param doubt the spans that have to be compared or read first
     * @param reading whether the refresh under way has to end first
     */
    private record Look(
            Restriction restriction, Doubt doubt, boolean reading, CompletableFuture<Optional<Image>> answer) {

        Look awaiting(boolean refresh) {
            return new Look(restriction, doubt, refresh, answer);
        }
    }

    /**
     * Adds a request, and answers it at once if possible.
     *
     * @param stale the spans whose held rows may be old, and which of them a refresh is reading
     */
    void add(
            Restriction restriction,
            CompletableFuture<Optional<Image>> answer,
            HeldRows held,
            StaleSpans stale,
            List<Runnable> told) {
        Span span = restriction.span();
        var all = new SpanSet(List.of(span));
        boolean reading = stale.beingRead().intersects(span);
        var look = new Look(restriction, new Doubt(all.intersect(stale.doubtful())), reading, answer);
        if (!isAnswered(look, held, told)) {
            waiting.add(look);
            if (stale.putOff().spans().intersects(span)) {
                compared.add(look.doubt);
            }
        }
    }

    /**
     * A refresh begins.
     *
     * @param read what it reads of the rows that are held; other rows are read before they are held again
     */
    void planned(SpanSet read, SpanSet held) {
        waiting.replaceAll(look -> {
            boolean reading = !look.doubt.spans().intersect(read).isEmpty();
            look.doubt.dispel(read);
            look.doubt.keep(held);
            return look.awaiting(reading);
        });
    }

    /** It has read them. */
    void refreshed(HeldRows held, List<Runnable> told) {
        waiting.replaceAll(look -> look.awaiting(false));
        answer(held, told);
    }

    /** They could not be read: all requests have to be answered by queries of their own. */
    void miss(List<Runnable> told) {
        waiting.forEach(look -> told.add(() -> look.answer.complete(Optional.empty())));
        waiting.clear();
        compared.clear();
    }

    /** Answers the requests that need not wait any longer. */
    void answer(HeldRows held, List<Runnable> told) {
        waiting.removeIf(look -> isAnswered(look, held, told) && forget(look));
    }

    private boolean forget(Look look) {
        compared.remove(look.doubt);
        return true;
    }

    private static boolean isAnswered(Look look, HeldRows held, List<Runnable> told) {
        Image image = held.image(look.restriction.selection());
        if (!held.covers(look.restriction)) {
            told.add(() -> look.answer.complete(Optional.empty()));
            return true;
        }
        if (look.reading || !look.doubt.isOver()) {
            return false;
        }
        told.add(() -> look.answer.complete(Optional.of(image)));
        return true;
    }

    /** The doubts that a comparison can settle. */
    Stream<Doubt> doubts() {
        return compared.stream();
    }
}

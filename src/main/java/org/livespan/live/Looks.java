package org.livespan.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * Those who want rows that are held once, and watch nothing: nothing is read or kept for them.
 *
 * <p>Where a change of the rows was heard, they wait until it is read. Guarded by the {@link LiveImage}; what is to be told
 * is added to a list, to be told without its lock.
 */
final class Looks {

    private final List<Look> waiting = new ArrayList<>();
    private long plans;

    /** @param since how many refreshes had taken what was touched before; the next one reads all that this has to show */
    private record Look(Span span, long since, CompletableFuture<Optional<Image>> answer) {}

    /**
     * What is held.
     *
     * @param held where
     * @param unsure where there may be something else by now
     */
    record Present(SpanSet held, SpanSet unsure, Image image) {}

    /** Answered at once if it can be. */
    void add(Span span, CompletableFuture<Optional<Image>> answer, Present present, List<Runnable> told) {
        var look = new Look(span, plans, answer);
        if (!isAnswered(look, present, told)) {
            waiting.add(look);
        }
    }

    /** A refresh has taken what was touched. */
    void planned() {
        plans++;
    }

    /** It has read that. */
    void refreshed(Present present, List<Runnable> told) {
        waiting.removeIf(look -> isAnswered(look, present, told));
    }

    /** It could not be read: whoever waits has to read by itself. */
    void miss(List<Runnable> told) {
        waiting.forEach(look -> told.add(() -> look.answer.complete(Optional.empty())));
        waiting.clear();
    }

    private boolean isAnswered(Look look, Present present, List<Runnable> told) {
        if (!present.held.covers(look.span)) {
            told.add(() -> look.answer.complete(Optional.empty()));
            return true;
        }
        boolean shown = look.since < plans
                || new SpanSet(List.of(look.span)).intersect(present.unsure).isEmpty();
        if (shown) {
            told.add(() -> look.answer.complete(Optional.of(present.image)));
        }
        return shown;
    }
}

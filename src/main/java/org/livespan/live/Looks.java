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
    private long plansOfAll;

    /**
     * @param since how many refreshes had taken what was touched before; the next one reads all that this has to show
     * @param all whether that has to be one that takes what was put off
     * @param sinceAll how many of those there had been
     */
    private record Look(Span span, long since, boolean all, long sinceAll, CompletableFuture<Optional<Image>> answer) {}

    /**
     * What is held.
     *
     * @param held where
     * @param unsure where there may be something else by now
     * @param putOff where there may be, and it is read later
     * @param deferral how much later
     */
    record Present(SpanSet held, SpanSet unsure, SpanSet putOff, Deferral deferral, Image image) {}

    /** Answered at once if it can be. */
    void add(Span span, CompletableFuture<Optional<Image>> answer, Present present, List<Runnable> told) {
        var look = new Look(span, plans, meets(span, present.putOff), plansOfAll, answer);
        if (!isAnswered(look, present, told)) {
            waiting.add(look);
        }
    }

    /**
     * A refresh has taken what was touched.
     *
     * @param all whether it has taken what was put off, too
     */
    void planned(boolean all) {
        plans++;
        plansOfAll += all ? 1 : 0;
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
        boolean awaitsPutOff = look.all && look.sinceAll == plansOfAll && meets(look.span, present.putOff);
        if (!present.held.covers(look.span) || awaitsPutOff && present.deferral == Deferral.LONG) {
            told.add(() -> look.answer.complete(Optional.empty()));
            return true;
        }
        boolean shown = !awaitsPutOff && (look.since < plans || !meets(look.span, present.unsure));
        if (shown) {
            told.add(() -> look.answer.complete(Optional.of(present.image)));
        }
        return shown;
    }

    private static boolean meets(Span span, SpanSet spans) {
        return !new SpanSet(List.of(span)).intersect(spans).isEmpty();
    }
}

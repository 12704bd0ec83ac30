package org.livespan.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
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

    /**
     * @param doubt where he waits for something to be compared or read
     * @param reading whether he waits for the refresh that is under way
     */
    private record Look(Span span, Doubt doubt, boolean reading, CompletableFuture<Optional<Image>> answer) {

        Look awaiting(boolean refresh) {
            return new Look(span, doubt, refresh, answer);
        }
    }

    /**
     * Answered at once if he can be.
     *
     * @param doubtful where there may be something else by now than what is held, which no refresh has begun to read
     * @param beingRead where one has
     */
    void add(
            Span span,
            CompletableFuture<Optional<Image>> answer,
            HeldRows held,
            SpanSet doubtful,
            SpanSet beingRead,
            List<Runnable> told) {
        var all = new SpanSet(List.of(span));
        boolean reading = !all.intersect(beingRead).isEmpty();
        waiting.add(new Look(span, new Doubt(all.intersect(doubtful)), reading, answer));
        answer(held, told);
    }

    /** A refresh reads this. */
    void planned(SpanSet read) {
        waiting.replaceAll(look -> {
            boolean reading =
                    look.reading || !look.doubt.spans().intersect(read).isEmpty();
            look.doubt.dispel(read);
            return look.awaiting(reading);
        });
    }

    /** It has read that. */
    void refreshed(HeldRows held, List<Runnable> told) {
        waiting.replaceAll(look -> look.awaiting(false));
        answer(held, told);
    }

    /** It could not be read: whoever waits has to read by himself. */
    void miss(List<Runnable> told) {
        waiting.forEach(look -> told.add(() -> look.answer.complete(Optional.empty())));
        waiting.clear();
    }

    /** Who needs not wait any longer is answered. */
    void answer(HeldRows held, List<Runnable> told) {
        waiting.removeIf(look -> isAnswered(look, held, told));
    }

    private static boolean isAnswered(Look look, HeldRows held, List<Runnable> told) {
        Image image = held.image();
        if (!held.spans().covers(look.span)) {
            told.add(() -> look.answer.complete(Optional.empty()));
            return true;
        }
        if (look.reading || !look.doubt.isOver()) {
            return false;
        }
        told.add(() -> look.answer.complete(Optional.of(image)));
        return true;
    }

    Stream<Doubt> doubts() {
        return waiting.stream().map(Look::doubt);
    }
}

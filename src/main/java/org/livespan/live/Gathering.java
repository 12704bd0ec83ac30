package org.livespan.live;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Answers together those who ask for the same rows before the listener is waited for: each answer is as of everything committed
 * before it was asked for.
 *
 * <p>The fields that change are guarded by this object's lock.
 *
 * @param <T> the answer
 */
final class Gathering<T> {

    private final SharedBarrier barrier;
    private final Question<T> question;

    /** Those that wait for the same marker, by what they ask for. */
    private Map<Wanted, CompletionStage<T>> gathering = new HashMap<>();

    /** Null if there are none. */
    private CompletionStage<Void> awaited;

    /** How one of them is answered. */
    interface Question<T> {

        /** @param heard completes when everything has been heard, or with the reason why that is not known */
        CompletionStage<T> ask(LiveFeed feed, Restriction restriction, CompletionStage<Void> heard);
    }

    private record Wanted(LiveFeed feed, Restriction restriction) {}

    Gathering(SharedBarrier barrier, Question<T> question) {
        this.barrier = barrier;
        this.question = question;
    }

    synchronized CompletionStage<T> ask(LiveFeed feed, Restriction restriction) {
        CompletionStage<Void> heard = barrier.await();
        if (heard != awaited) {
            awaited = heard;
            gathering = new HashMap<>();
            heard.whenComplete((nothing, failure) -> forget(heard));
        }
        return gathering.computeIfAbsent(
                new Wanted(feed, restriction), wanted -> question.ask(feed, restriction, heard));
    }

    /** Whoever comes from now on is too late for this marker. */
    private synchronized void forget(CompletionStage<Void> heard) {
        if (heard == awaited) {
            awaited = null;
            gathering = new HashMap<>();
        }
    }
}

package org.livespan.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.livespan.db.MemoryLoss;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.Filter;
import org.livespan.feed.InvalidValueException;
import org.livespan.feed.Selection;

/**
 * Finds the selections that clients ask for. What is not known, one thread asks the database, for all that have come meanwhile
 * together.
 *
 * <p>The list is guarded by this object's lock. It is as long as there are clients that wait.
 */
final class Selections {

    /** The time-out of a statement. None of them reads the table, so a lock on it does not matter. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Executor executor;
    private List<Asked> waiting = new ArrayList<>();

    private record Asked(Feed feed, List<Filter> filters, CompletableFuture<Selection> answer) {}

    /** @param executor a single thread */
    Selections(Executor executor) {
        this.executor = executor;
    }

    /**
     * @return completes with the rows that meet all of the filters, or with the reason why they cannot be found:
     *     {@link InvalidValueException} or {@link org.livespan.feed.FeedUnavailableException}
     */
    CompletionStage<Selection> select(Feed feed, List<Filter> filters) {
        Optional<Selection> known = feed.known(filters);
        if (known.isPresent()) {
            return CompletableFuture.completedStage(known.get());
        }
        var asked = new Asked(feed, filters, new CompletableFuture<>());
        if (add(asked)) {
            executor.execute(this::answer);
        }
        return asked.answer();
    }

    /** Whether it is the first. */
    private synchronized boolean add(Asked asked) {
        waiting.add(asked);
        return waiting.size() == 1;
    }

    private synchronized List<Asked> take() {
        List<Asked> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    private void answer() {
        List<Asked> rest = take();
        while (!rest.isEmpty()) {
            Feed feed = rest.get(0).feed();
            List<Asked> same =
                    rest.stream().filter(asked -> asked.feed() == feed).toList();
            rest = rest.stream().filter(asked -> asked.feed() != feed).toList();
            for (int done = 0; done < same.size(); ) {
                done += answer(feed, same.subList(done, same.size()));
            }
        }
    }

    /** Answers some of them: those up to the first that fails, after which the snapshot cannot be used. */
    private static int answer(Feed feed, List<Asked> all) {
        int done = 0;
        try (FeedSnapshot snapshot = feed.auditSnapshot(PATIENCE)) {
            for (; done < all.size(); done++) {
                Asked asked = all.get(done);
                asked.answer().complete(snapshot.select(asked.filters()));
            }
            return done;
        } catch (InvalidValueException e) {
            all.get(done).answer().completeExceptionally(e.texts().size() == 1 ? e : found(feed, e));
        } catch (RuntimeException | OutOfMemoryError e) {
            MemoryLoss.tell(e);
            if (done < all.size()) {
                all.get(done).answer().completeExceptionally(e);
            }
        }
        return done + 1;
    }

    /** Finds the one of several texts that is no value, so that the answer can name it. */
    private static RuntimeException found(Feed feed, InvalidValueException several) {
        try (FeedSnapshot snapshot = feed.auditSnapshot(PATIENCE)) {
            several.texts().forEach(text -> snapshot.select(List.of(Filter.of(several.filter(), List.of(text)))));
            return several;
        } catch (RuntimeException e) {
            return e;
        }
    }
}

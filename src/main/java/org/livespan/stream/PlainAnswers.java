package org.livespan.stream;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.container.AsyncResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.livespan.http.Problem;
import org.livespan.http.WindowRequest;
import org.livespan.live.LiveFeeds;
import org.livespan.live.UnsentBytes;

/** All plain requests, of which there may be as many as streams; see {@link PlainAnswer}. */
@ApplicationScoped
class PlainAnswers {

    @Inject
    LiveFeeds live;

    @Inject
    Restrictions restrictions;

    @Inject
    StreamSettings settings;

    @Inject
    UnsentBytes unsent;

    @Inject
    StreamCounts counts;

    @Inject
    Writers writers;

    private final Set<PlainAnswer> open = ConcurrentHashMap.newKeySet();
    private Semaphore permits;
    private KeptRows kept;
    private volatile boolean closed;

    @PostConstruct
    void start() {
        permits = new Semaphore(settings.clients());
        kept = new KeptRows(unsent);
    }

    /**
     * Answers as soon as there are rows, or a reason why not.
     *
     * @throws Problem if too many are waiting or the server is shutting down
     */
    void begin(WindowRequest window, PlainAnswer.Form form, AsyncContext context, AsyncResponse response) {
        if (closed) {
            throw Seats.shuttingDown();
        }
        if (!permits.tryAcquire()) {
            throw Seats.allTaken(settings.clients());
        }
        var answer = new PlainAnswer(context, response, form, writers.answers(), this::ended);
        open.add(answer);
        if (closed) {
            answer.refuse(Seats.shuttingDown());
            return;
        }
        try {
            restrictions
                    .of(window)
                    .thenCompose(restriction -> live.read(window.feed(), restriction))
                    .whenCompleteAsync(
                            (result, failure) -> {
                                if (failure == null) {
                                    answer.give(result, kept.keep(result));
                                } else {
                                    answer.refuse(failure);
                                }
                            },
                            writers.answers());
        } catch (RuntimeException e) {
            answer.refuse(e);
        }
    }

    private void ended(PlainAnswer answer) {
        open.remove(answer);
        permits.release();
    }

    /**
     * To be called once a second.
     *
     * @param unread gets the clients to which rows are being sent
     */
    void pulse(Unread unread) {
        open.forEach(answer -> answer.giveUpAfter(settings.mostWait(), settings.sendTimeout()));
        var idle = new Unread();
        tell(idle);
        idle.dropWhile(() -> !unsent.hasRoomForRows() && live.readsAreWaitedFor());
        tell(unread);
    }

    private void tell(Unread unread) {
        open.forEach(answer -> unread.look(answer.sink(), () -> drop(answer)));
    }

    private void drop(PlainAnswer answer) {
        answer.close();
        counts.countUnreadAnswer();
    }

    /** Answers no new requests, and refuses those that wait for rows. */
    void refuseAll() {
        closed = true;
        open.forEach(answer -> answer.refuse(Seats.shuttingDown()));
    }

    /** Drops the answers that have not been taken by now. */
    void stop() {
        open.forEach(PlainAnswer::close);
    }
}

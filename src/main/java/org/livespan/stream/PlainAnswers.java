package org.livespan.stream;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.container.AsyncResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.livespan.live.LiveFeeds;

/** All requests for rows as they are now, of which there may be as many as streams; see {@link PlainAnswer}. */
@ApplicationScoped
class PlainAnswers {

    @Inject
    LiveFeeds live;

    @Inject
    StreamSettings settings;

    @Inject
    Writers writers;

    private final Set<PlainAnswer> open = ConcurrentHashMap.newKeySet();
    private Places places;

    @PostConstruct
    void start() {
        places = new Places(settings.clients());
    }

    /**
     * Answers as soon as there are rows, or a reason why there are none.
     *
     * @param withRows see {@link PlainAnswer}
     * @throws Problem if too many wait already or the server is shutting down
     */
    void begin(
            WindowRequest window, IfNoneMatch known, boolean withRows, AsyncContext context, AsyncResponse response) {
        places.take();
        var answer = new PlainAnswer(context, response, known, withRows, writers.answers(), this::ended);
        open.add(answer);
        if (places.areClosed()) {
            answer.refuse(Places.shuttingDown());
            return;
        }
        try {
            live.read(window.feed(), window.span())
                    .whenCompleteAsync(
                            (result, failure) -> {
                                if (failure == null) {
                                    answer.give(result);
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
        places.giveBack();
    }

    /** Once a second. */
    void pulse() {
        open.forEach(answer -> answer.giveUpAfter(settings.mostWait(), settings.sendTimeout()));
    }

    /** Nobody new is answered, and who waits for rows is told so. */
    void refuseAll() {
        places.close();
        open.forEach(answer -> answer.refuse(Places.shuttingDown()));
    }

    /** Who has not taken the answer by now does not get it. */
    void stop() {
        open.forEach(PlainAnswer::close);
    }
}

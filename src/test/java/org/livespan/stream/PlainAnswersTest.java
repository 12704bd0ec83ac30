package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.ServletContext;
import jakarta.ws.rs.container.AsyncResponse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.feed.Feed;
import org.livespan.feed.Filter;
import org.livespan.http.ContentEncoding;
import org.livespan.http.IfNoneMatch;
import org.livespan.http.Problem;
import org.livespan.http.ProblemType;
import org.livespan.http.WindowRequest;
import org.livespan.live.LiveFeeds;
import org.livespan.live.Restriction;
import org.livespan.live.Results;
import org.livespan.live.SharedResult;
import org.livespan.time.Span;

/** All plain requests together: how many may wait, and what becomes of them when the server shuts down. */
class PlainAnswersTest {

    private static final int PLACES = 2;

    private final CompletableFuture<SharedResult> rows = new CompletableFuture<>();
    private final List<Object> resumed = new CopyOnWriteArrayList<>();
    private boolean othersWait;
    private final PlainAnswers answers = new PlainAnswers();

    @BeforeEach
    void start() {
        answers.live = new LiveFeeds() {
            @Override
            public CompletionStage<SharedResult> read(Feed feed, Restriction restriction) {
                return rows;
            }

            @Override
            public CompletionStage<Restriction> restrict(Feed feed, Span span, List<Filter> filters) {
                return CompletableFuture.completedStage(Restriction.to(span));
            }

            @Override
            public boolean readsAreWaitedFor() {
                return othersWait;
            }
        };
        answers.restrictions = new Restrictions();
        answers.restrictions.live = answers.live;
        answers.settings = new StreamSettings();
        answers.settings.clients = PLACES;
        answers.settings.queryTimeout = Duration.ofHours(1);
        answers.settings.sendTimeout = Duration.ofHours(1);
        answers.writers = new Writers();
        answers.writers.startWith(Executors.defaultThreadFactory());
        answers.writers.number = Optional.of(1);
        answers.writers.blocks = Optional.empty();
        answers.writers.choose(proxy(ServletContext.class, "Any server"));
        answers.unsent = Results.room(1 << 20);
        answers.counts = new StreamCounts();
        answers.start();
    }

    @AfterEach
    void stop() {
        answers.writers.stop();
    }

    @Test
    void requests_wait_up_to_the_limit_and_an_answer_makes_room_for_another() {
        ask(new FakeConnection(), "\"other\"");
        ask(new FakeConnection(), "*");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ask(new FakeConnection(), "*"))
                .matches(problem -> problem.type() == ProblemType.TOO_MANY_CLIENTS);

        rows.complete(Results.shared("a"));
        Awaitility.await("the second has them already").until(() -> resumed.size() == 1);
        ask(new FakeConnection(), "*");
    }

    @Test
    void on_shutdown_waiting_requests_are_refused_and_so_are_new_ones() {
        ask(new FakeConnection(), "*");
        answers.pulse(new Unread());
        assertThat(resumed).isEmpty();
        answers.refuseAll();
        assertThat(resumed)
                .singleElement()
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(ProblemType.SHUTTING_DOWN));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ask(new FakeConnection(), "*"))
                .matches(problem -> problem.type() == ProblemType.SHUTTING_DOWN);
    }

    @Test
    void an_answer_that_was_not_taken_when_the_server_stops_is_dropped() {
        var stuck = new FakeConnection();
        ask(stuck, "\"other\"");
        rows.complete(Results.shared("a"));
        Awaitility.await().until(() -> stuck.writer() != null);
        answers.refuseAll();
        assertThat(resumed).as("it is on its way").isEmpty();
        answers.stop();
        Awaitility.await("the request is over").until(() -> resumed.size() == 1);
        assertThat(stuck.wire()).isEmpty();
    }

    @Test
    void a_client_that_has_read_nothing_for_a_while_is_dropped_if_there_is_no_room_and_other_requests_wait()
            throws Exception {
        answers.unsent = Results.room(1);
        answers.start();
        var unread = new FakeConnection();
        ask(unread, "\"other\"");
        rows.complete(Results.shared("a"));
        Awaitility.await().until(() -> unread.writer() != null);
        assertThat(answers.unsent.hasRoomForRows()).isFalse();
        answers.pulse(new Unread());
        assertThat(resumed).as("not for a moment only").isEmpty();
        var idle = new AtomicBoolean();
        Awaitility.await("it has read nothing for more than a moment").until(() -> {
            var look = new Unread();
            answers.pulse(look);
            look.dropWhile(() -> {
                idle.set(true);
                return false;
            });
            return idle.get();
        });
        answers.pulse(new Unread());
        assertThat(resumed).as("nobody else wants to").isEmpty();

        othersWait = true;
        Awaitility.await().until(() -> {
            answers.pulse(new Unread());
            return resumed.size() == 1;
        });
        assertThat(unread.wire()).isEmpty();
        assertThat(answers.unsent.hasRoomForRows()).isTrue();
    }

    private void ask(FakeConnection connection, String known) {
        answers.begin(
                new WindowRequest(null, Span.ANY, List.of(), List.of()),
                new PlainAnswer.Form(new IfNoneMatch(List.of(known)), new ContentEncoding(false, null), true, true),
                connection.context(),
                proxy(AsyncResponse.class, true));
    }

    /** Keeps what a request is resumed with, and returns this answer from each call. */
    private <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("resume")) {
                        resumed.add(arguments[0]);
                    }
                    return answer;
                }));
    }
}

package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.livespan.http.IfNoneMatch;
import org.livespan.http.Problem;
import org.livespan.http.ProblemType;
import org.livespan.live.Results;
import org.livespan.live.SharedResult;

/** A request for rows, with a container in the test's hand. */
class PlainAnswerTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger released = new AtomicInteger();
    private final FakeConnection connection = new FakeConnection();
    private final List<Object> resumed = new ArrayList<>();
    private final List<PlainAnswer> ended = new ArrayList<>();
    private final SharedResult result = Results.shared("a");

    @Test
    void who_asks_gets_the_rows_and_what_is_to_be_known_of_them() throws Exception {
        answer(true).give(result, released::incrementAndGet);
        assertThat(ended).as("the client takes nothing yet").isEmpty();
        connection.readsAll();
        assertThat(connection.wire()).isEqualTo("[a]");
        assertThat(connection.headers())
                .isEqualTo(Map.of(
                        "Content-Type", "application/json",
                        "Content-Length", "3",
                        "ETag", '"' + result.digest() + '"',
                        "Cache-Control", "no-cache"));
        assertThat(ended).hasSize(1);
        assertThat(resumed).as("the request is over").hasSize(1);
        assertThat(released).hasValue(1);
    }

    @Test
    void who_asks_for_the_head_gets_the_same_without_rows() throws Exception {
        answer(false).give(result, released::incrementAndGet);
        connection.readsAll();
        assertThat(connection.wire()).isEmpty();
        assertThat(connection.flushes()).isPositive();
        assertThat(connection.headers()).containsEntry("Content-Length", "3").containsKey("ETag");
        assertThat(ended).hasSize(1);
    }

    @Test
    void for_who_has_the_rows_nothing_is_put_together() throws Exception {
        var answer = answer(true, "\"" + result.digest() + "\"");
        answer.give(result, released::incrementAndGet);
        assertThat(((Response) resumed.get(0)).getStatus()).isEqualTo(304);
        assertThat(result.json().take()).as("for the first to read").isNull();
        assertThat(connection.headers()).isEmpty();
        assertThat(ended).hasSize(1);
    }

    @Test
    void what_keeps_it_from_rows_is_told_once_and_rows_that_come_later_are_not() throws Exception {
        var answer = answer(true);
        var reason = new IllegalStateException("none");
        answer.refuse(reason);
        answer.refuse(new IllegalStateException("another"));
        answer.give(result, released::incrementAndGet);
        assertThat(resumed).containsExactly(reason);
        assertThat(connection.headers()).isEmpty();
        assertThat(ended).hasSize(1);
    }

    @Test
    void it_does_not_wait_for_rows_for_ever() {
        var answer = answer(true);
        answer.giveUpAfter(LONG, Duration.ZERO);
        assertThat(resumed).isEmpty();
        answer.giveUpAfter(Duration.ZERO, LONG);
        assertThat(((Problem) resumed.get(0)).type()).isEqualTo(ProblemType.READ_TIMEOUT);
        assertThat(ended).hasSize(1);
    }

    @Test
    void it_does_not_wait_for_ever_for_a_client_that_takes_nothing() {
        var answer = answer(true);
        answer.give(result, released::incrementAndGet);
        answer.giveUpAfter(Duration.ZERO, LONG);
        assertThat(ended).isEmpty();
        assertThat(released).hasValue(0);
        answer.giveUpAfter(LONG, Duration.ZERO);
        assertThat(ended).hasSize(1);
        assertThat(released).hasValue(1);
        assertThat(connection.wire()).isEmpty();
    }

    @Test
    void a_client_that_is_gone_before_the_rows_are_there_leaves_nothing_behind() throws Exception {
        var answer = answer(true);
        connection.lifecycle().onError(connection.event(new IOException("gone")));
        assertThat(ended).hasSize(1);
        answer.give(result, released::incrementAndGet);
        assertThat(connection.headers()).isEmpty();
        assertThat(ended).hasSize(1);
        assertThat(released).as("they are not needed").hasValue(1);
    }

    private PlainAnswer answer(boolean withRows, String... known) {
        return new PlainAnswer(
                connection.context(), response(), new IfNoneMatch(List.of(known)), withRows, Runnable::run, ended::add);
    }

    private AsyncResponse response() {
        return (AsyncResponse) Proxy.newProxyInstance(
                AsyncResponse.class.getClassLoader(),
                new Class<?>[] {AsyncResponse.class},
                (proxy, method, arguments) -> {
                    resumed.add(arguments[0]);
                    return true;
                });
    }
}

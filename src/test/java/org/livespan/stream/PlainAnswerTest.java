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
import org.livespan.gzip.Inflated;
import org.livespan.http.ContentEncoding;
import org.livespan.http.IfNoneMatch;
import org.livespan.http.Problem;
import org.livespan.http.ProblemType;
import org.livespan.live.Results;
import org.livespan.live.SharedResult;

/** A plain request, with a container that the test controls. */
class PlainAnswerTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger released = new AtomicInteger();
    private final FakeConnection connection = new FakeConnection();
    private final List<Object> resumed = new ArrayList<>();
    private final List<PlainAnswer> ended = new ArrayList<>();
    private final SharedResult result = Results.shared("a");
    private ContentEncoding encoding = new ContentEncoding(false, null);

    @Test
    void a_client_gets_the_rows_with_their_headers_as_soon_as_it_reads() throws Exception {
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
    void a_head_request_gets_the_headers_without_the_rows() throws Exception {
        answer(false).give(result, released::incrementAndGet);
        connection.readsAll();
        assertThat(connection.wire()).isEmpty();
        assertThat(connection.flushes()).isPositive();
        assertThat(connection.headers()).containsEntry("Content-Length", "3").containsKey("ETag");
        assertThat(ended).hasSize(1);
    }

    @Test
    void a_client_that_has_the_rows_gets_a_304_and_nothing_is_rendered() throws Exception {
        var answer = answer(true, "\"" + result.digest() + "\"");
        answer.give(result, released::incrementAndGet);
        assertThat(((Response) resumed.get(0)).getStatus()).isEqualTo(304);
        assertThat(result.json().take()).as("for the first to read").isNull();
        assertThat(connection.headers()).isEmpty();
        assertThat(ended).hasSize(1);
    }

    @Test
    void a_failure_is_reported_once_and_rows_that_come_later_are_not_sent() throws Exception {
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
    void a_request_that_waits_too_long_for_rows_gets_a_read_timeout() {
        var answer = answer(true);
        answer.giveUpAfter(LONG, Duration.ZERO);
        assertThat(resumed).isEmpty();
        answer.giveUpAfter(Duration.ZERO, LONG);
        assertThat(((Problem) resumed.get(0)).type()).isEqualTo(ProblemType.READ_TIMEOUT);
        assertThat(ended).hasSize(1);
    }

    @Test
    void a_client_that_takes_nothing_for_too_long_is_dropped_and_its_rows_are_released() {
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
    void if_the_client_is_gone_before_the_rows_come_they_are_released_and_not_sent() throws Exception {
        var answer = answer(true);
        connection.lifecycle().onError(connection.event(new IOException("gone")));
        assertThat(ended).hasSize(1);
        answer.give(result, released::incrementAndGet);
        assertThat(connection.headers()).isEmpty();
        assertThat(ended).hasSize(1);
        assertThat(released).as("they are not needed").hasValue(1);
    }

    @Test
    void a_client_that_accepts_gzip_gets_the_rows_compressed_with_a_weak_tag() throws Exception {
        encoding = new ContentEncoding(true, "Accept-Encoding");
        answer(true).give(result, released::incrementAndGet);
        connection.readsAll();
        var client = new Inflated();
        client.take(connection.bytes());
        client.requireEnd();
        assertThat(client.content()).asString().isEqualTo("[a]");
        assertThat(connection.headers())
                .isEqualTo(Map.of(
                        "Content-Type", "application/json",
                        "Content-Encoding", "gzip",
                        "Vary", "Accept-Encoding",
                        "ETag", "W/\"" + result.digest() + '"',
                        "Cache-Control", "no-cache"));
        assertThat(ended).hasSize(1);
    }

    @Test
    void one_that_does_not_is_told_that_others_might() throws Exception {
        encoding = new ContentEncoding(false, "Accept-Encoding");
        answer(true).give(result, released::incrementAndGet);
        connection.readsAll();
        assertThat(connection.wire()).isEqualTo("[a]");
        assertThat(connection.headers())
                .containsEntry("Vary", "Accept-Encoding")
                .containsEntry("ETag", '"' + result.digest() + '"')
                .doesNotContainKey("Content-Encoding");
    }

    private PlainAnswer answer(boolean withRows, String... known) {
        return new PlainAnswer(
                connection.context(),
                response(),
                new PlainAnswer.Form(new IfNoneMatch(List.of(known)), encoding, withRows, true),
                Runnable::run,
                ended::add);
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

package org.livespan.stream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.gzip.Inflated;
import org.livespan.live.Results;
import org.livespan.live.UnsentBytes;

/** A stream over the servlet's non-blocking output, with a container that the test controls. */
class ServletEventSinkTest {

    private static final UnsentBytes ROOM = Results.room(1 << 20);

    private static final int CHUNK = 32 * 1024;

    private final FakeConnection connection = new FakeConnection();
    private final ServletEventSink sink =
            new ServletEventSink(connection.context(), Runnable::run, connection.context()::complete);

    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger givenUp = new AtomicInteger();
    private final Frame frame = new Frame() {
        @Override
        public int writePiece(OutputStream output) throws IOException {
            output.write(new byte[1]);
            return 1;
        }

        @Override
        public void giveUp() {
            givenUp.incrementAndGet();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    };

    @BeforeEach
    void open() throws IOException {
        sink.open(EventStreamFormat.HEADERS);
    }

    @Test
    void the_request_never_times_out_and_its_headers_forbid_storing_and_buffering() {
        assertThat(connection.timeout()).isZero();
        assertThat(connection.headers())
                .isEqualTo(Map.of(
                        "Content-Type", "text/event-stream", "Cache-Control", "no-store", "X-Accel-Buffering", "no"));
    }

    @Test
    void an_event_for_a_client_that_reads_is_written_and_complete_at_once() throws Exception {
        connection.readsAll();
        assertThat(send("a")).isCompleted();
        assertThat(connection.wire()).isEqualTo(frame("a"));
    }

    @Test
    void events_are_written_whole_one_after_another() throws Exception {
        connection.readsAll();
        send("a");
        send("b");
        assertThat(connection.wire()).isEqualTo(frame("a") + frame("b"));
    }

    @Test
    void nothing_is_written_before_the_container_allows_it() throws Exception {
        var sent = send("a");
        assertThat(connection.wire()).isEmpty();
        assertThat(sent).isNotDone();
        connection.readsAll();
        assertThat(sent).isCompleted();
    }

    @Test
    void an_event_waits_wherever_the_client_stops_reading() throws Exception {
        String word = "a".repeat(2 * CHUNK);
        var sent = send(word);
        String frame = frame(word);
        connection.reads(1);
        assertThat(connection.wire()).isEqualTo(frame.substring(0, CHUNK));
        connection.reads(1);
        assertThat(connection.wire()).isEqualTo(frame.substring(0, 2 * CHUNK));
        connection.reads(1);
        assertThat(connection.wire()).isEqualTo(frame);
        connection.reads(2);
        assertThat(sent).as("flushed, but nobody said that more could be taken").isNotDone();
        connection.reads(1);
        assertThat(sent).isCompleted();
    }

    @Test
    void the_first_event_is_flushed_twice_for_containers_that_ignore_the_first_flush() throws Exception {
        connection.readsAll();
        send("a");
        assertThat(connection.flushes()).isEqualTo(2);
        send("b");
        assertThat(connection.flushes()).isEqualTo(3);
    }

    @Test
    void where_output_blocks_neither_sending_nor_closing_waits_for_the_client() throws Exception {
        var other = new FakeConnection();
        Queue<Runnable> writer = new ArrayDeque<>();
        var behind = new ServletEventSink(other.context(), writer::add, other.context()::complete);
        behind.open(EventStreamFormat.HEADERS);
        other.readsAll();
        var sent = behind.send(StreamEvent.HEARTBEAT).toCompletableFuture();
        behind.close();
        assertThat(writer).as("one at a time").hasSize(1);
        assertThat(sent).isNotDone();
        assertThat(other.completions()).isZero();
        writer.remove().run();
        assertThat(sent).isCompletedExceptionally();
        assertThat(other.wire()).isEmpty();
        assertThat(other.completions()).isEqualTo(1);
    }

    @Test
    void a_stream_ends_even_after_the_code_that_began_its_request_was_shut_down() throws Exception {
        var other = new FakeConnection();
        var orphan = new ServletEventSink(other.context(), Runnable::run, () -> {
            throw new IllegalStateException("has been shut down");
        });
        orphan.open(EventStreamFormat.HEADERS);
        orphan.close();
        assertThat(other.completions()).isEqualTo(1);
    }

    @Test
    void a_write_signal_that_comes_before_is_ready_returns_is_not_missed() throws Exception {
        connection.reads(1);
        connection.overtakes();
        assertThat(send("a")).isCompleted();
        assertThat(connection.wire()).isEqualTo(frame("a"));
    }

    @Test
    void only_one_event_at_a_time_is_accepted() throws Exception {
        var sent = send("a");
        assertThat(send("b")).isCompletedExceptionally();
        connection.readsAll();
        assertThat(sent).isCompleted();
        assertThat(connection.wire()).isEqualTo(frame("a"));
    }

    @Test
    void an_event_sent_as_soon_as_the_previous_one_is_taken_goes_out_in_the_same_round() throws Exception {
        send("a").thenRun(() -> send("b"));
        connection.readsAll();
        assertThat(connection.wire()).isEqualTo(frame("a") + frame("b"));
    }

    @Test
    void a_broken_connection_fails_the_event_and_completes_the_request_once() throws Exception {
        var failure = new IOException("broken pipe");
        connection.readsAll();
        connection.breaks(failure);
        assertFailed(send("a"), failure);
        assertThat(sink.isClosed()).isTrue();
        assertThat(connection.completions()).isEqualTo(1);
        assertFailed(send("b"), failure);
        sink.close();
        connection.lifecycle().onComplete(connection.event(null));
        assertThat(connection.completions()).isEqualTo(1);
    }

    @Test
    void a_connection_that_the_container_reports_as_broken_fails_the_waiting_event() throws Exception {
        var failure = new IOException("connection reset");
        var sent = send("a");
        connection.writer().onError(failure);
        assertFailed(sent, failure);
        assertThat(connection.completions()).isEqualTo(1);
    }

    @Test
    void closing_gives_up_a_stuck_event_and_completes_the_request_once() throws Exception {
        connection.reads(1);
        var sent = send("a");
        assertThat(sent).isNotDone();
        sink.close();
        sink.close();
        assertThat(sent).isCompletedExceptionally();
        assertThat(connection.completions()).isEqualTo(1);
        connection.readsAll();
        assertThat(send("b")).isCompletedExceptionally();
        assertThat(connection.wire()).isEqualTo(frame("a"));
    }

    @Test
    void a_request_that_the_container_completed_is_not_completed_again() throws Exception {
        var sent = send("a");
        connection.lifecycle().onComplete(connection.event(null));
        assertThat(sent).isCompletedExceptionally();
        assertThat(sink.isClosed()).isTrue();
        sink.close();
        assertThat(connection.completions()).isZero();
    }

    @Test
    void a_request_that_failed_or_timed_out_ends_the_stream() throws Exception {
        var failure = new IOException("connection reset");
        connection.lifecycle().onError(connection.event(failure));
        assertFailed(send("a"), failure);

        var other = new FakeConnection();
        var timedOut = new ServletEventSink(other.context(), Runnable::run, other.context()::complete);
        timedOut.open(EventStreamFormat.HEADERS);
        other.lifecycle().onTimeout(other.event(null));
        assertThat(timedOut.isClosed()).isTrue();
        assertThat(other.completions()).isEqualTo(1);

        var third = new FakeConnection();
        var failed = new ServletEventSink(third.context(), Runnable::run, third.context()::complete);
        third.lifecycle().onError(third.event(null));
        assertThat(failed.send(StreamEvent.HEARTBEAT).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void an_event_counts_as_unread_since_the_client_last_took_a_piece_of_it() throws Exception {
        connection.readsAll();
        send("a");
        assertThat(sink.nanosUnread()).as("nothing is on its way").isZero();

        connection.stopsReading();
        send("a".repeat(2 * CHUNK));
        await().until(() -> sink.nanosUnread() > MILLISECONDS.toNanos(20));
        long unread = sink.nanosUnread();
        connection.reads(1);
        assertThat(sink.nanosUnread()).as("since it took a piece").isLessThan(unread);
        sink.close();
        assertThat(sink.nanosUnread()).isZero();
    }

    @Test
    void the_bytes_kept_for_a_client_are_those_sent_up_to_what_a_server_buffers() throws Exception {
        long before = sink.bytesKept();
        connection.readsAll();
        send("a");
        assertThat(sink.bytesKept() - before).isEqualTo(frame("a").length());
        for (int i = 0; i < 100; i++) {
            send("a".repeat(CHUNK));
        }
        assertThat(sink.bytesKept()).isLessThan(512 * 1024);
    }

    @Test
    void a_frame_is_given_up_at_once_even_if_its_writer_is_stuck_and_closed_when_the_writer_is_done() throws Exception {
        var other = new FakeConnection();
        Queue<Runnable> writer = new ArrayDeque<>();
        var behind = new ServletEventSink(other.context(), writer::add, other.context()::complete);
        behind.open(EventStreamFormat.HEADERS);
        other.reads(1);
        writer.remove().run();
        behind.send(() -> frame);
        writer.remove().run();
        behind.close();
        assertThat(givenUp).hasValue(1);
        assertThat(closed).as("the writer may still need it").hasValue(0);
        writer.remove().run();
        assertThat(closed).hasValue(1);
    }

    @Test
    void a_frame_that_was_begun_is_closed_once_whether_it_was_sent_given_up_or_broken() throws Exception {
        connection.readsAll();
        sink.send(() -> frame);
        assertThat(closed).as("sent").hasValue(1);
        connection.stopsReading();
        connection.reads(1);
        sink.send(() -> frame);
        assertThat(closed).as("on its way").hasValue(1);
        sink.close();
        assertThat(closed).as("given up").hasValue(2);

        var broken = new FakeConnection();
        var other = new ServletEventSink(broken.context(), Runnable::run, broken.context()::complete);
        other.open(EventStreamFormat.HEADERS);
        broken.readsAll();
        broken.breaks(new IOException("broken pipe"));
        other.send(() -> frame);
        assertThat(closed).as("broken").hasValue(3);
    }

    @Test
    void a_frame_that_never_gets_its_turn_is_not_made() throws Exception {
        var made = new AtomicInteger();
        Supplier<Frame> counted = () -> {
            made.incrementAndGet();
            return frame;
        };
        sink.send(counted);
        sink.send(counted);
        sink.close();
        sink.send(counted);
        assertThat(made)
                .as("the client does not read, is sent another one, is gone")
                .hasValue(0);
    }

    @Test
    void an_event_that_comes_too_late_is_no_part_of_the_checksum() throws Exception {
        Queue<Runnable> writer = new ArrayDeque<>();
        var late = new FakeConnection();
        var behind = new ServletEventSink(late.context(), writer::add, EventCoding.gzip(), late.context()::complete);
        behind.open(EventStreamFormat.HEADERS);
        late.readsAll();
        behind.send(StreamEvent.HEARTBEAT);
        writer.forEach(Runnable::run);
        writer.clear();
        behind.close();
        assertThat(behind.send(StreamEvent.FRESH).toCompletableFuture()).isCompletedExceptionally();
        writer.forEach(Runnable::run);
        var client = new Inflated();
        client.take(late.bytes());
        client.requireEnd();
        assertThat(client.content()).isEqualTo(EventStreamFormat.bytes(StreamEvent.HEARTBEAT));
    }

    @Test
    void a_sink_closed_before_it_was_opened_completes_the_request() {
        var other = new FakeConnection();
        var never = new ServletEventSink(other.context(), Runnable::run, other.context()::complete);
        never.close();
        assertThat(other.completions()).isEqualTo(1);
        assertThat(never.send(StreamEvent.HEARTBEAT).toCompletableFuture()).isCompletedExceptionally();
    }

    private CompletableFuture<?> send(String word) {
        return sink.send(StreamEvent.result(Results.of(word), null, ROOM)).toCompletableFuture();
    }

    private static String frame(String word) {
        return "id: " + Results.of(word).digest() + "\ndata: [" + word + "]\n\n";
    }

    @Test
    void a_compressed_stream_can_be_read_event_by_event_and_ends_with_its_trailer() throws Exception {
        var other = new FakeConnection();
        var zipped = zipped(other);
        var client = new Inflated();
        int read = 0;
        for (var event : List.of(
                StreamEvent.opening(Duration.ofSeconds(2)),
                StreamEvent.result(Results.of("a"), null, ROOM),
                StreamEvent.snapshot(Results.of("x".repeat(100_000)), null, ROOM),
                StreamEvent.HEARTBEAT,
                StreamEvent.change(Results.update(1, "b".repeat(3_000)), true))) {
            assertThat(zipped.send(event).toCompletableFuture()).isCompleted();
            byte[] sent = Arrays.copyOfRange(other.bytes(), read, other.bytes().length);
            read += sent.length;
            assertThat(client.take(sent)).isEqualTo(EventStreamFormat.bytes(event));
        }
        assertThat(other.bytes().length).as("it is compressed").isLessThan(2_000);
        zipped.close();
        client.take(Arrays.copyOfRange(other.bytes(), read, other.bytes().length));
        client.requireEnd();
        assertThat(other.completions()).isEqualTo(1);
        zipped.close();
        other.lifecycle().onComplete(other.event(null));
        assertThat(other.bytes().length).as("it ends once").isEqualTo(read + 5 + 8);
    }

    private static ServletEventSink zipped(FakeConnection connection) throws IOException {
        var zipped = new ServletEventSink(
                connection.context(), Runnable::run, EventCoding.gzip(), connection.context()::complete);
        zipped.open(EventStreamFormat.HEADERS);
        connection.readsAll();
        return zipped;
    }

    @Test
    void a_compressed_stream_that_ends_in_the_middle_of_an_event_or_is_not_read_gets_no_trailer() throws Exception {
        var cut = new FakeConnection();
        var sink = zipped(cut);
        cut.stopsReading();
        cut.reads(1);
        sink.send(StreamEvent.HEARTBEAT);
        int sent = cut.bytes().length;
        assertThat(sent).isPositive();
        sink.close();
        assertThat(cut.bytes()).hasSize(sent);
        assertThat(cut.completions()).isEqualTo(1);

        var idle = new FakeConnection();
        var unread = zipped(idle);
        unread.send(StreamEvent.HEARTBEAT);
        sent = idle.bytes().length;
        idle.stopsReading();
        unread.close();
        assertThat(idle.bytes()).hasSize(sent);
        assertThat(idle.completions()).isEqualTo(1);

        var gone = new FakeConnection();
        var lost = zipped(gone);
        gone.lifecycle().onError(gone.event(new IOException("gone")));
        lost.close();
        assertThat(gone.bytes()).isEmpty();
    }

    private static void assertFailed(CompletableFuture<?> sent, Throwable reason) {
        assertThat(sent).isCompletedExceptionally();
        assertThat(sent.handle((nothing, failure) -> failure).join()).isSameAs(reason);
    }
}

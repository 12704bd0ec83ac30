package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.livespan.live.ChangeJson;
import org.livespan.live.Result;
import org.livespan.live.Results;
import org.livespan.live.UnsentBytes;
import org.livespan.live.WindowUpdate;

/** Events as Jakarta REST sees them. */
class StreamEventTest {

    private static final UnsentBytes ROOM = Results.room(1 << 20);

    @Test
    void a_result_has_no_name_and_its_digest_is_the_id() {
        Result result = Results.of("a");
        StreamEvent event = StreamEvent.result(result, null, ROOM);
        assertThat(event.getData()).asString().isEqualTo("[a]");
        assertThat(event.getId()).isEqualTo(result.digest());
        assertThat(event.getName()).isNull();
        assertThat(event.getComment()).isNull();
        assertThat(event.isReconnectDelaySet()).isFalse();
        assertThat(event.getMediaType()).isEqualTo(MediaType.APPLICATION_JSON_TYPE);
        assertThat(event.getType()).isEqualTo(byte[].class);
        assertThat(event.getGenericType()).isEqualTo(byte[].class);
    }

    @Test
    void a_snapshot_is_a_result_named_snapshot() {
        StreamEvent event = StreamEvent.snapshot(Results.of("a"), null, ROOM);
        assertThat(event.getName()).isEqualTo("snapshot");
        assertThat(event.getId()).isEqualTo(Results.of("a").digest());
        assertThat(event.getData()).asString().isEqualTo("[a]");
    }

    @Test
    void a_change_holds_what_differs_and_its_id_is_the_digest_of_the_new_result() {
        StreamEvent event = StreamEvent.change(Results.update(1, "b"), false);
        assertThat(event.getName()).isEqualTo("change");
        assertThat(event.getId()).isEqualTo(Results.of("b").digest());
        assertThat(event.getData()).asString().isEqualTo("{\"upserted\":[b],\"removed\":[]}");
    }

    @Test
    void an_event_is_rendered_once_and_not_before_it_is_sent() {
        var rendered = new AtomicInteger();
        StreamEvent event = StreamEvent.change(
                new WindowUpdate(
                        1,
                        Results.of("b"),
                        positions -> {
                            rendered.incrementAndGet();
                            return new ChangeJson(new byte[] {'{', '}'});
                        },
                        null),
                false);
        assertThat(rendered).hasValue(0);
        byte[] bytes = event.bytes();
        assertThat(event.bytes()).isSameAs(bytes);
        assertThat(rendered).hasValue(1);
    }

    @Test
    void an_event_of_any_size_is_the_same_on_the_wire_for_every_client() throws Exception {
        for (int size : new int[] {1, 32_000, 65_000, 65_536, 200_000}) {
            StreamEvent event = StreamEvent.snapshot(Results.of("x".repeat(size)), null, ROOM);
            for (int client = 0; client < 3; client++) {
                assertThat(wire(event.frame())).isEqualTo(EventStreamFormat.bytes(event));
            }
        }
    }

    @Test
    void nothing_more_of_a_large_event_is_written_after_it_is_given_up() throws Exception {
        Frame frame = StreamEvent.snapshot(Results.of("x".repeat(200_000)), null, ROOM)
                .frame();
        var wire = new ByteArrayOutputStream();
        assertThat(frame.writePiece(wire)).isEqualTo(Frame.PIECE);
        frame.giveUp();
        assertThat(frame.writePiece(wire)).isZero();
        assertThat(wire.size()).isEqualTo(Frame.PIECE);
    }

    private static byte[] wire(Frame frame) throws IOException {
        var wire = new ByteArrayOutputStream();
        for (boolean last = false; !last; ) {
            int before = wire.size();
            int bytes = frame.writePiece(wire);
            assertThat(wire.size() - before).isEqualTo(bytes).isLessThanOrEqualTo(Frame.PIECE);
            last = bytes < Frame.PIECE;
        }
        frame.close();
        return wire.toByteArray();
    }

    @Test
    void only_the_opening_sets_the_reconnect_delay() {
        assertThat(StreamEvent.opening(Duration.ofSeconds(3)).getReconnectDelay())
                .isEqualTo(3_000);
        assertThat(StreamEvent.opening(Duration.ZERO).isReconnectDelaySet()).isTrue();
        assertThat(StreamEvent.HEARTBEAT.isReconnectDelaySet()).isFalse();
        assertThat(StreamEvent.error("{}").isReconnectDelaySet()).isFalse();
    }

    @Test
    void the_reconnect_delay_varies_between_the_setting_and_twice_the_setting() {
        var settings = new StreamSettings();
        settings.retry = Duration.ofSeconds(2);
        var delays = new HashSet<Duration>();
        for (int client = 0; client < 100; client++) {
            Duration delay = settings.retryWithJitter();
            assertThat(delay).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
            delays.add(delay);
        }
        assertThat(delays).hasSizeGreaterThan(10);
    }
}

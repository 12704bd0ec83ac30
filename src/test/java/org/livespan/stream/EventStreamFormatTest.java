package org.livespan.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.lang.reflect.Type;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.livespan.live.Result;
import org.livespan.live.Results;
import org.livespan.live.UnsentBytes;

/** Events as the bytes that go over the wire. */
class EventStreamFormatTest {

    private static final UnsentBytes ROOM = Results.room(1 << 20);

    @Test
    void a_result_is_an_unnamed_event_with_its_digest_as_id_and_its_rows_on_one_line() {
        Result result = Results.of("{\"id\":1,\"customer\":\"Zoë 🚚\"}");
        assertThat(wire(StreamEvent.result(result, null, ROOM)))
                .isEqualTo("id: " + result.digest() + "\ndata: [{\"id\":1,\"customer\":\"Zoë 🚚\"}]\n\n");
    }

    @Test
    void snapshots_and_changes_are_named_events() {
        String digest = Results.of("a").digest();
        assertThat(wire(StreamEvent.snapshot(Results.of("a"), null, ROOM)))
                .isEqualTo("event: snapshot\nid: " + digest + "\ndata: [a]\n\n");
        assertThat(wire(StreamEvent.change(Results.update(1, "a"), false)))
                .isEqualTo("event: change\nid: " + digest + "\ndata: {\"upserted\":[a],\"removed\":[]}\n\n");
        assertThat(wire(StreamEvent.change(Results.update(1, "a"), true)))
                .isEqualTo("event: change\nid: " + digest
                        + "\ndata: {\"upserted\":[a],\"removed\":[],\"after\":[null]}\n\n");
    }

    @Test
    void the_opening_says_how_long_to_wait_before_reconnecting() {
        assertThat(wire(StreamEvent.opening(Duration.ofMillis(2_345)))).isEqualTo(": livespan\nretry: 2345\n\n");
    }

    @Test
    void a_heartbeat_is_a_comment() {
        assertThat(wire(StreamEvent.HEARTBEAT)).isEqualTo(": heartbeat\n\n");
    }

    @Test
    void a_problem_that_ends_the_stream_is_an_event_named_error_without_an_id() {
        assertThat(wire(StreamEvent.error("{\"status\":413}"))).isEqualTo("event: error\ndata: {\"status\":413}\n\n");
    }

    @Test
    void text_of_several_lines_has_a_field_for_each_line_whatever_the_line_ending() {
        assertThat(wire(event("name", "7", "a\nb", "one\ntwo\rthree\r\nfour")))
                .isEqualTo(": a\n: b\nevent: name\nid: 7\ndata: one\ndata: two\ndata: three\ndata: four\n\n");
    }

    @Test
    void data_of_another_type_is_written_as_text() {
        assertThat(wire(event(null, null, null, 42))).isEqualTo("data: 42\n\n");
    }

    private static String wire(OutboundSseEvent event) {
        return new String(EventStreamFormat.bytes(event), UTF_8);
    }

    private static OutboundSseEvent event(String name, String id, String comment, Object data) {
        return new OutboundSseEvent() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public String getId() {
                return id;
            }

            @Override
            public String getComment() {
                return comment;
            }

            @Override
            public long getReconnectDelay() {
                return RECONNECT_NOT_SET;
            }

            @Override
            public boolean isReconnectDelaySet() {
                return false;
            }

            @Override
            public Class<?> getType() {
                return data.getClass();
            }

            @Override
            public Type getGenericType() {
                return getType();
            }

            @Override
            public MediaType getMediaType() {
                return MediaType.TEXT_PLAIN_TYPE;
            }

            @Override
            public Object getData() {
                return data;
            }
        };
    }
}

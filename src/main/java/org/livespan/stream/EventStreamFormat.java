package org.livespan.stream;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import org.livespan.gzip.Deflated;

/**
 * The bytes of events.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">WHATWG HTML,
 *     9.2.5 Parsing an event stream</a>
 */
final class EventStreamFormat {

    static final String MEDIA_TYPE = "text/event-stream";

    static final Map<String, String> HEADERS = Map.of(
            HttpHeaders.CONTENT_TYPE, MEDIA_TYPE, HttpHeaders.CACHE_CONTROL, "no-store", "X-Accel-Buffering", "no");

    private EventStreamFormat() {}

    /** The event as sent, with the empty line at its end. */
    static byte[] bytes(OutboundSseEvent event) {
        ByteArrayOutputStream frame = fields(event);
        if (event.getData() instanceof byte[] line) {
            line(frame, "data", line);
        } else if (event.getData() != null) {
            field(frame, "data", event.getData().toString());
        }
        frame.write('\n');
        return frame.toByteArray();
    }

    /** The event as sent, with data of one line that is read from a stream. */
    static InputStream stream(OutboundSseEvent event, InputStream data) {
        var start = new ByteArrayInputStream(head(event));
        var end = new ByteArrayInputStream(new byte[] {'\n', '\n'});
        return new SequenceInputStream(start, new SequenceInputStream(data, end));
    }

    /**
     * The same, compressed.
     *
     * @param data of one line, compressed
     */
    static Iterator<Deflated> deflated(OutboundSseEvent event, Iterator<Deflated> data) {
        return new DeflatedEvent(head(event), data);
    }

    private static byte[] head(OutboundSseEvent event) {
        ByteArrayOutputStream head = fields(event);
        head.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
        return head.toByteArray();
    }

    /** Everything but the data. */
    private static ByteArrayOutputStream fields(OutboundSseEvent event) {
        var frame = new ByteArrayOutputStream();
        field(frame, "", event.getComment());
        field(frame, "event", event.getName());
        field(frame, "id", event.getId());
        if (event.isReconnectDelaySet()) {
            field(frame, "retry", Long.toString(event.getReconnectDelay()));
        }
        return frame;
    }

    /** A value of several lines becomes a field for each; an empty one becomes none. */
    private static void field(ByteArrayOutputStream frame, String name, String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        if (value.indexOf('\n') < 0 && value.indexOf('\r') < 0) {
            line(frame, name, value.getBytes(StandardCharsets.UTF_8));
        } else {
            value.lines().forEach(line -> line(frame, name, line.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static void line(ByteArrayOutputStream frame, String name, byte[] value) {
        frame.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        frame.write(':');
        frame.write(' ');
        frame.writeBytes(value);
        frame.write('\n');
    }
}

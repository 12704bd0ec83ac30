package org.livespan.stream;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEvent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.livespan.gzip.Deflated;
import org.livespan.gzip.GzipMember;
import org.livespan.live.ChangeJson;
import org.livespan.live.Result;
import org.livespan.live.SharedBytes;
import org.livespan.live.UnsentBytes;
import org.livespan.live.WindowUpdate;

/** An event of a stream. Unless it is large, it is rendered once for all clients, when the first needs it. */
final class StreamEvent implements OutboundSseEvent {

    /** Keeps proxies from closing an idle stream, and reveals clients that are gone. */
    static final StreamEvent HEARTBEAT = new StreamEvent(null, null, "heartbeat", SseEvent.RECONNECT_NOT_SET, null);

    /** The client's rows are current again. It has data, because browsers drop events without. */
    static final StreamEvent FRESH = named("fresh", "{}");

    private static final int LARGE = 64 * 1024;

    private final String name;
    private final String id;
    private final String comment;
    private final long reconnectDelay;
    private final Data data;
    private final Result result;
    private final Instant heard;

    /** The whole event, if it is a large result; otherwise null. */
    private final SharedBytes shared;

    /** Guarded by this object's lock, as is the next. */
    private byte[] bytes;

    private Deflated deflated;

    /** JSON on one line, and the same compressed. */
    private record Data(Supplier<byte[]> json, Supplier<Iterator<Deflated>> deflated) {

        static Data of(byte[] json) {
            return new Data(() -> json, () -> List.of(Deflated.of(json)).iterator());
        }

        static Data of(Supplier<ChangeJson> change) {
            return new Data(
                    () -> change.get().json(),
                    () -> List.of(change.get().deflated()).iterator());
        }
    }

    private StreamEvent(String name, String id, String comment, long reconnectDelay, Data data) {
        this(name, id, comment, reconnectDelay, data, null, null, null);
    }

    private StreamEvent(String name, Result result, Instant heard, UnsentBytes room) {
        this(
                name,
                result.digest(),
                null,
                SseEvent.RECONNECT_NOT_SET,
                new Data(result::json, result::deflated),
                result,
                heard,
                room);
    }

    private StreamEvent(
            String name,
            String id,
            String comment,
            long reconnectDelay,
            Data data,
            Result result,
            Instant heard,
            UnsentBytes room) {
        this.name = name;
        this.id = id;
        this.comment = comment;
        this.reconnectDelay = reconnectDelay;
        this.data = data;
        this.result = result;
        this.heard = heard;
        this.shared = result == null ? null : new SharedBytes(room, result::size, () -> EventStreamFormat.bytes(this));
    }

    /**
     * A window's result; its digest is the id. Unnamed, so that {@code onmessage} receives it.
     *
     * @param heard see {@link #heard()}
     * @param room the memory for large results that several clients share
     */
    static StreamEvent result(Result result, Instant heard, UnsentBytes room) {
        return new StreamEvent(null, result, heard, room);
    }

    /** A window's result for a client that will receive its changes. */
    static StreamEvent snapshot(Result result, Instant heard, UnsentBytes room) {
        return new StreamEvent("snapshot", result, heard, room);
    }

    /**
     * The differences from the result before; the id is the digest of the new result.
     *
     * @param positions whether to add the positions of the rows
     */
    static StreamEvent change(WindowUpdate update, boolean positions) {
        return new StreamEvent(
                "change",
                update.result().digest(),
                null,
                SseEvent.RECONNECT_NOT_SET,
                Data.of(() -> update.changes().json(positions)),
                null,
                update.heard(),
                null);
    }

    /** The beginning of a stream: opens it at the client, and says how long to wait before reconnecting. */
    static StreamEvent opening(Duration reconnectDelay) {
        return new StreamEvent(null, null, "livespan", reconnectDelay.toMillis(), null);
    }

    /**
     * The client's rows may be old.
     *
     * @param since when, in UTC
     */
    static StreamEvent stale(Instant since) {
        return named("stale", "{\"since\":\"" + since + "\"}");
    }

    /** How long the server took for the event before this one, from hearing of the commit to writing the event. */
    static StreamEvent timing(Duration elapsed) {
        return named("timing", "{\"elapsed\":" + elapsed.toNanos() / 1_000 / 1e3 + "}");
    }

    /** The end of a stream that had to end, with the problem that caused it. */
    static StreamEvent error(String problem) {
        return named("error", problem);
    }

    private static StreamEvent named(String name, String json) {
        return new StreamEvent(
                name, null, null, SseEvent.RECONNECT_NOT_SET, Data.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** This event as sent to one client. */
    Frame frame() {
        return isLarge() ? Frame.of(shared, () -> EventStreamFormat.stream(this, result.open())) : Frame.of(bytes());
    }

    /** The same, compressed. What clients share is compressed once, and what few bytes are an event's own are stored. */
    Frame frame(GzipMember member) {
        return isLarge() ? Frame.of(member.add(pieces())) : Frame.of(member.add(deflated()));
    }

    private synchronized Deflated deflated() {
        if (deflated == null) {
            deflated = data == null ? Deflated.of(bytes()) : Deflated.join(pieces());
        }
        return deflated;
    }

    private Iterator<Deflated> pieces() {
        return EventStreamFormat.deflated(this, data.deflated().get());
    }

    private boolean isLarge() {
        return result != null && result.size() > LARGE;
    }

    /** The bytes of a small event; must not be changed. */
    synchronized byte[] bytes() {
        if (bytes == null) {
            bytes = EventStreamFormat.bytes(this);
        }
        return bytes;
    }

    /** When the first of the commits that it shows was heard; null if none was. */
    Instant heard() {
        return heard;
    }

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
        return reconnectDelay;
    }

    @Override
    public boolean isReconnectDelaySet() {
        return reconnectDelay != SseEvent.RECONNECT_NOT_SET;
    }

    @Override
    public Class<?> getType() {
        return byte[].class;
    }

    @Override
    public Type getGenericType() {
        return getType();
    }

    @Override
    public MediaType getMediaType() {
        return MediaType.APPLICATION_JSON_TYPE;
    }

    @Override
    public byte[] getData() {
        return data == null ? null : data.json().get();
    }
}

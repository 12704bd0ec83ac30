package org.livespan.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import org.livespan.gzip.Deflated;
import org.livespan.gzip.GzipMember;

/** How events become the bytes of one stream. Used by one thread at a time. */
interface EventCoding {

    /** As they are. */
    EventCoding IDENTITY = new EventCoding() {
        @Override
        public Frame frame(OutboundSseEvent event) {
            return event instanceof StreamEvent ours ? ours.frame() : Frame.of(EventStreamFormat.bytes(event));
        }

        @Override
        public byte[] end() {
            return new byte[0];
        }
    };

    /** The next event. It has to be written whole before the next one is asked for. */
    Frame frame(OutboundSseEvent event);

    /** What follows the last event. */
    byte[] end();

    /** Compressed, as one gzip member, which each stream has for itself. */
    static EventCoding gzip() {
        var member = new GzipMember();
        return new EventCoding() {
            @Override
            public Frame frame(OutboundSseEvent event) {
                return event instanceof StreamEvent ours
                        ? ours.frame(member)
                        : Frame.of(member.add(Deflated.of(EventStreamFormat.bytes(event))));
            }

            @Override
            public byte[] end() {
                return member.end();
            }
        };
    }
}

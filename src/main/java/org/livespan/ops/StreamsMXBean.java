package org.livespan.ops;

/** The streams of this server in figures, for whatever reads JMX; all but the first count since the start. */
public interface StreamsMXBean {

    /** Streams that are open now. */
    long getOpen();

    /** Streams that were begun. */
    long getOpened();

    /** Of those, ended by this side: their window was over or the server stopped. */
    long getClosed();

    /** Ended by this side, as they had reached {@code livespan.stream.max-age}. */
    long getExpired();

    /** Ended by the client, or by the network. */
    long getLost();

    /** Dropped, as the client had not taken an event within {@code livespan.stream.send-timeout}. */
    long getStuck();

    /** Dropped, as the client did not read, and too much was kept for all such clients. */
    long getUnread();
}

package org.livespan.ops;

/** The figures of this node's streams, in JMX; all but the first count since the start. */
public interface StreamsMXBean {

    /** Streams open now. */
    long getOpen();

    /** Streams opened. */
    long getOpened();

    /** Of those, ended by this node because their window ended or the server stopped. */
    long getClosed();

    /** Ended by this node because they had reached {@code livespan.stream.max-age}. */
    long getExpired();

    /** Ended by the client, or by the network. */
    long getLost();

    /** Dropped because the client had not taken an event within {@code livespan.stream.send-timeout}. */
    long getStuck();

    /** Dropped because the client did not read and too much was buffered for such clients. */
    long getUnread();
}

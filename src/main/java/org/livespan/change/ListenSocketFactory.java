package org.livespan.change;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;

/**
 * Sockets for the listening session, on which the driver hands over the notifications of one read.
 *
 * <p>After each notification, the driver looks for more: whether its buffer or the socket has bytes, and if not, it peeks, which is
 * a read with a time-out of one millisecond. In a flood it always finds more and would collect until the flood ends, while
 * changes wait and the memory fills. So here only its buffer has more: a peek fails at once, and what follows the first read
 * comes byte by byte, as far as the last notification needs it. The next call reads on.
 *
 * <p>Under TLS, the buffer gets whole records and may never be empty in a flood. Then the socket fails when more arrives at once
 * than may be kept in memory: a listener that cannot keep up had better reconnect, which skips the flood, and read everything
 * once.
 */
public final class ListenSocketFactory extends SocketFactory {

    /** The time-out of the driver's peeks, in milliseconds. Nobody else may set it. */
    static final int PEEK = 1;

    /** About as much as some hundred thousand notifications. In memory they take several times as much. */
    static final long MOST_BYTES_AT_ONCE = 8L << 20;

    @Override
    public Socket createSocket() {
        return new Unpeekable();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException("the driver connects its sockets itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostName(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    /** Used by one thread, but closed by any. Time-outs are set here under TLS too. */
    private static final class Unpeekable extends Socket {

        private boolean peeking;
        private InputStream in;

        @Override
        public void setSoTimeout(int millis) throws SocketException {
            super.setSoTimeout(millis);
            peeking = millis == PEEK;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            if (in == null) {
                in = new OneRead(new BufferedInputStream(super.getInputStream()));
            }
            return in;
        }

        private final class OneRead extends FilterInputStream {

            /** How many bytes were read since the last peek. */
            private long atOnce;

            OneRead(InputStream in) {
                super(in);
            }

            @Override
            public int available() {
                return 0;
            }

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (peeking) {
                    atOnce = 0;
                    throw new SocketTimeoutException("the next read gets more");
                }
                if (atOnce > MOST_BYTES_AT_ONCE) {
                    throw new IOException(
                            "more than " + (MOST_BYTES_AT_ONCE >> 20) + " MB of notifications came at once");
                }
                int read = super.read(target, offset, atOnce == 0 ? length : Math.min(length, 1));
                atOnce += Math.max(0, read);
                return read;
            }
        }
    }
}

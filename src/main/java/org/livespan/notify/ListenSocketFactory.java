package org.livespan.notify;

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
 * changes wait and the memory fills. So here only its buffer has more: a peek fails at once, and a read ends where a message does
 * ({@link WholeMessages}). The next call reads on.
 *
 * <p>When more arrives at once than a listener that keeps up would ever find, the socket fails. The listener had better reconnect
 * then, which skips the flood, and read everything once. That also bounds the memory where the driver still collects: while it
 * waits for the answer to a query, and under TLS, where it gets whole records, which end anywhere.
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
                in = new OneRead(super.getInputStream());
            }
            return in;
        }

        private final class OneRead extends InputStream {

            private final WholeMessages messages;

            OneRead(InputStream socket) {
                messages = new WholeMessages(new Counted(socket));
            }

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (peeking) {
                    throw new SocketTimeoutException("the next read gets more");
                }
                return messages.read(target, offset, length);
            }
        }
    }

    private static final class Counted extends FilterInputStream {

        /** How many bytes were read since nothing was left to read. */
        private long atOnce;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (in.available() == 0) {
                atOnce = 0;
            } else if (atOnce > MOST_BYTES_AT_ONCE) {
                throw new IOException("more than " + (MOST_BYTES_AT_ONCE >> 20) + " MB of notifications came at once");
            }
            int read = super.read(target, offset, length);
            atOnce += Math.max(0, read);
            return read;
        }
    }
}

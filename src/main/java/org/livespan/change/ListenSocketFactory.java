package org.livespan.change;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;

/**
 * Sockets for the listening session, which fail when more arrives at once than may be kept in memory.
 *
 * <p>The driver collects notifications as long as more are available, so a flood that arrives faster than it is read would
 * fill the memory. A listener that cannot keep up had better reconnect, which skips the flood, and read everything once. When a
 * read times out, the driver has caught up.
 */
public final class ListenSocketFactory extends SocketFactory {

    /** About as much as some hundred thousand notifications. In memory they take several times as much. */
    static final long MOST_BYTES_AT_ONCE = 8L << 20;

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public InputStream getInputStream() throws IOException {
                return new Counted(super.getInputStream());
            }
        };
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

    /** Used by one thread. */
    private static final class Counted extends FilterInputStream {

        private long atOnce;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (atOnce > MOST_BYTES_AT_ONCE) {
                throw new IOException("more than " + (MOST_BYTES_AT_ONCE >> 20) + " MB of notifications came at once");
            }
            try {
                int read = super.read(target, offset, length);
                atOnce += Math.max(0, read);
                return read;
            } catch (SocketTimeoutException e) {
                atOnce = 0;
                throw e;
            }
        }
    }
}

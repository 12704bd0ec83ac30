package org.livespan.gzip;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The content of one gzip member, as it arrives; see {@link Inflated}. */
public final class InflatedInputStream extends InputStream {

    private final InputStream compressed;
    private final Inflated inflated = new Inflated();
    private byte[] fresh = {};
    private int position;

    public InflatedInputStream(InputStream compressed) {
        this.compressed = compressed;
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? fresh[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!hasMore()) {
            return -1;
        }
        int some = Math.min(length, fresh.length - position);
        System.arraycopy(fresh, position, target, offset, some);
        position += some;
        return some;
    }

    private boolean hasMore() throws IOException {
        var bytes = new byte[4096];
        while (position == fresh.length) {
            int length = compressed.read(bytes);
            if (length < 0) {
                requireEnd();
                return false;
            }
            fresh = inflated.take(Arrays.copyOf(bytes, length));
            position = 0;
        }
        return true;
    }

    private void requireEnd() throws IOException {
        try {
            inflated.requireEnd();
        } catch (IllegalStateException e) {
            throw new IOException("The member has not ended in order", e);
        }
    }

    @Override
    public void close() throws IOException {
        compressed.close();
    }
}

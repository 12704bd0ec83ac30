package org.livespan.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A request in asynchronous mode as a container keeps it, with a client that reads when the test says so. It enforces the
 * rules of the servlet specification: no write or flush unless {@code isReady()} has just allowed it.
 */
final class FakeConnection extends ServletOutputStream {

    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final Map<String, String> headers = new HashMap<>();

    private WriteListener writer;
    private AsyncListener lifecycle;
    private long timeout = -1;
    private int room;
    private boolean saidReady;
    private boolean overtaking;
    private boolean owesReadiness = true;
    private IOException broken;
    private RuntimeException completing;
    private int completions;
    private int flushes;

    /** Makes room for that many more writes or flushes; the container says so if it was asked before. */
    void reads(int writes) throws IOException {
        synchronized (this) {
            room += writes;
        }
        container();
    }

    void readsAll() throws IOException {
        reads(Integer.MAX_VALUE / 2);
    }

    synchronized void stopsReading() {
        room = 0;
    }

    /** The container's thread: says that writing is possible if it owes that. */
    void container() throws IOException {
        WriteListener told;
        synchronized (this) {
            told = owesReadiness && room > 0 ? writer : null;
            owesReadiness = owesReadiness && told == null;
        }
        if (told != null) {
            told.onWritePossible();
        }
    }

    /** When there is no room next, the client reads and the container says so before {@code isReady()} returns false. */
    void overtakes() {
        overtaking = true;
    }

    /** From now on, writes and flushes fail. */
    void breaks(IOException failure) {
        broken = failure;
    }

    /** Completing the request fails, as it does when the container has already completed it. */
    void refusesToComplete(RuntimeException failure) {
        completing = failure;
    }

    WriteListener writer() {
        return writer;
    }

    AsyncListener lifecycle() {
        return lifecycle;
    }

    AsyncEvent event(Throwable failure) {
        return new AsyncEvent(context(), null, null, failure);
    }

    String wire() {
        return wire.toString(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return wire.toByteArray();
    }

    Map<String, String> headers() {
        return headers;
    }

    long timeout() {
        return timeout;
    }

    int flushes() {
        return flushes;
    }

    int completions() {
        return completions;
    }

    AsyncContext context() {
        return proxy(AsyncContext.class, (method, arguments) -> {
            switch (method) {
                case "setTimeout" -> timeout = (Long) arguments[0];
                case "addListener" -> lifecycle = (AsyncListener) arguments[0];
                case "getRequest" -> {
                    return request();
                }
                case "getResponse" -> {
                    return response();
                }
                case "complete" -> {
                    completions++;
                    if (completing != null) {
                        throw completing;
                    }
                }
                default -> throw new UnsupportedOperationException(method);
            }
            return null;
        });
    }

    private static ServletRequest request() {
        var connection = proxy(ServletConnection.class, (method, arguments) -> "one");
        return proxy(ServletRequest.class, (method, arguments) -> connection);
    }

    private HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (method, arguments) -> {
            switch (method) {
                case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
                case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                case "getOutputStream" -> {
                    return this;
                }
                default -> throw new UnsupportedOperationException(method + Arrays.toString(arguments));
            }
            return null;
        });
    }

    private interface Call {
        Object answer(String method, Object... arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.answer(method.getName(), arguments)));
    }

    @Override
    public synchronized boolean isReady() {
        saidReady = room > 0;
        owesReadiness = owesReadiness || !saidReady;
        if (!saidReady && overtaking) {
            overtake();
        }
        return saidReady;
    }

    private void overtake() {
        overtaking = false;
        try {
            readsAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        writer = listener;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        use();
        wire.write(bytes, offset, length);
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public synchronized void flush() throws IOException {
        use();
        flushes++;
    }

    private void use() throws IOException {
        if (!saidReady) {
            throw new AssertionError("written without isReady()");
        }
        saidReady = false;
        room--;
        if (broken != null) {
            throw broken;
        }
    }
}

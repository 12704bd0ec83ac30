package org.livespan.stream;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.Map;

/** A request in asynchronous mode, without a time-out: how its answer begins and ends. */
final class AsyncRequest {

    private static final Logger LOG = System.getLogger(AsyncRequest.class.getName());
    private static final int RETRY_AFTER_SECONDS = 5;

    private final AsyncContext context;
    private final Runnable finish;
    private final String connection;

    /**
     * To be called on the request's thread, before it returns: later no listener can be added.
     *
     * @param finish ends the asynchronous mode, the way it was begun
     */
    AsyncRequest(AsyncContext context, Runnable finish, AsyncListener listener) {
        this.context = context;
        this.finish = finish;
        this.connection = context.getRequest().getServletConnection().getConnectionId();
        context.setTimeout(0);
        context.addListener(listener);
    }

    /** The connection of the request, which it shares with others over HTTP/2. */
    String connection() {
        return connection;
    }

    /** Begins the answer; until then the request can be answered differently. */
    ServletOutputStream begin(Map<String, String> headers) throws IOException {
        var response = (HttpServletResponse) context.getResponse();
        headers.forEach(response::setHeader);
        return response.getOutputStream();
    }

    /** Answers, without JAX-RS, which may be gone, that the client should try another server. */
    void refuse() {
        var response = (HttpServletResponse) context.getResponse();
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setIntHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        complete();
    }

    /** Ends the request; to be called once. */
    void finish() {
        try {
            finish.run();
        } catch (RuntimeException e) {
            LOG.log(DEBUG, "The request is completed in the container, as its JAX-RS application is gone: {0}", e);
            complete();
        }
    }

    private void complete() {
        try {
            context.complete();
        } catch (RuntimeException e) {
            LOG.log(DEBUG, "The container ended the request first: {0}", e);
        }
    }
}

package org.livespan.stream;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.servlet.AsyncContext;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.livespan.gzip.GzipMember;
import org.livespan.http.ContentEncoding;
import org.livespan.http.IfNoneMatch;
import org.livespan.http.Problem;
import org.livespan.http.ProblemType;
import org.livespan.live.SharedResult;

/**
 * A plain request for the rows of a window, until its client has the answer. It holds no thread, neither while it waits for
 * the rows nor while the client does not read.
 *
 * <p>The thread that sets {@code answered} answers.
 */
final class PlainAnswer {

    private static final Logger LOG = System.getLogger(PlainAnswer.class.getName());
    private static final Runnable NOTHING = () -> {};

    /** Caches ask again each time. */
    private static final String FOR_ALL = "no-cache";

    /** The same, and only the caller's own cache may keep it. */
    private static final String FOR_ONE = "private, no-cache";

    private final AsyncResponse response;
    private final ServletEventSink sink;
    private final Form form;
    private final Consumer<PlainAnswer> onEnd;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** To be run when the rows are no longer needed. */
    private final AtomicReference<Runnable> release = new AtomicReference<>(NOTHING);

    /** Since when it has been waiting for the rows. */
    private final long since = System.nanoTime();

    /**
     * What the client asked for besides the window.
     *
     * @param known the results that it has
     * @param withRows whether it wants the rows, or only the headers (HEAD)
     * @param forAll whether anybody may see the rows
     */
    record Form(IfNoneMatch known, ContentEncoding encoding, boolean withRows, boolean forAll) {

        private String caching() {
            return forAll ? FOR_ALL : FOR_ONE;
        }
    }

    /**
     * @param threads the threads that write to the client
     * @param onEnd called once, when the answer was sent or dropped
     */
    PlainAnswer(
            AsyncContext context, AsyncResponse response, Form form, Executor threads, Consumer<PlainAnswer> onEnd) {
        this.response = response;
        this.form = form;
        this.onEnd = onEnd;
        this.sink = new ServletEventSink(context, threads, () -> {
            end();
            response.resume(Response.ok().build());
        });
    }

    /**
     * The digest of the rows is the entity tag (RFC 9110, section 8.8.3).
     *
     * @param release called once, when the rows are no longer needed
     */
    void give(SharedResult result, Runnable release) {
        this.release.set(release);
        if (ended.get()) {
            release();
        }
        if (answered.compareAndSet(false, true)) {
            EntityTag tag = form.encoding().tag(result.digest());
            if (form.known().names(tag)) {
                Response unchanged = form.encoding()
                        .vary(Response.notModified(tag))
                        .header(HttpHeaders.CACHE_CONTROL, form.caching())
                        .build();
                answer(() -> response.resume(unchanged));
            } else {
                write(result, tag);
            }
        }
    }

    void refuse(Throwable failure) {
        if (answered.compareAndSet(false, true)) {
            answer(() -> response.resume(failure instanceof CompletionException ? failure.getCause() : failure));
        }
    }

    private void answer(Runnable byJaxRs) {
        try {
            byJaxRs.run();
        } catch (RuntimeException e) {
            LOG.log(DEBUG, "The application is being stopped, and answers without JAX-RS: {0}", e);
            sink.refuse();
        } finally {
            end();
        }
    }

    private void write(SharedResult result, EntityTag tag) {
        try {
            sink.open(form.encoding().with(headers(result, tag)));
            sink.send(() -> form.withRows() ? body(result) : Frame.of(new byte[0]))
                    .whenComplete((sent, failure) -> close());
        } catch (IOException | RuntimeException e) {
            LOG.log(DEBUG, "A client was gone before its answer began: {0}", e);
            close();
        }
    }

    /** The size of compressed rows is known only once they have been compressed, which is done as the client takes them. */
    private Map<String, String> headers(SharedResult result, EntityTag tag) {
        var headers = new HashMap<>(Map.of(
                HttpHeaders.CONTENT_TYPE,
                MediaType.APPLICATION_JSON,
                HttpHeaders.ETAG,
                (tag.isWeak() ? "W/" : "") + '"' + tag.getValue() + '"',
                HttpHeaders.CACHE_CONTROL,
                form.caching()));
        if (!form.encoding().gzip()) {
            headers.put(HttpHeaders.CONTENT_LENGTH, Long.toString(result.size()));
        }
        return headers;
    }

    private Frame body(SharedResult result) {
        return form.encoding().gzip()
                ? Frame.of(GzipMember.of(result.deflated()))
                : Frame.of(result.json(), result::open);
    }

    /** Gives up if the rows have not come for so long, or if the client has taken none of them for so long. */
    void giveUpAfter(Duration wait, Duration sendTimeout) {
        if (answered.get()) {
            if (sink.nanosUnread() > sendTimeout.toNanos()) {
                close();
            }
        } else if (System.nanoTime() - since > wait.toNanos()) {
            refuse(new Problem(
                    ProblemType.READ_TIMEOUT,
                    "These rows could not be read within the server's time limit. Ask for a shorter span."));
        }
    }

    /** What the rows are written to. */
    ServletEventSink sink() {
        return sink;
    }

    /** Drops what has not been sent. */
    void close() {
        sink.close();
        end();
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            onEnd.accept(this);
        }
        release();
    }

    private void release() {
        release.getAndSet(NOTHING).run();
    }
}

package org.livespan.http;

import static java.lang.System.Logger.Level.ERROR;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import java.io.IOException;
import java.lang.System.Logger;
import org.livespan.db.MemoryLoss;
import org.livespan.feed.FeedAlteredException;
import org.livespan.feed.FeedForbiddenException;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.feed.InvalidValueException;
import org.livespan.live.FeedTooLargeException;
import org.livespan.live.TooManyReadsException;
import org.livespan.live.WindowTooLargeException;

/**
 * Problem details (RFC 9457).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
@ApplicationScoped
public class Problems {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = System.getLogger(Problems.class.getName());

    /** Where people log in at the server, in this application. */
    public static final String LOGIN = "/login";

    private volatile String root = "";

    void locate(@Observes @Initialized(ApplicationScoped.class) ServletContext context) {
        root = context.getContextPath();
    }

    /** The server itself authenticates callers, and does not know this one. */
    public Problem loginRequired() {
        return new Problem(ProblemType.LOGIN_REQUIRED, "Log in at " + root + LOGIN + ", and try again.");
    }

    /** Answers a request that does not reach JAX-RS. */
    public void write(Problem problem, HttpServletResponse response) throws IOException {
        write(problem, problem.type().status(), response);
    }

    /** The same with another status. */
    void write(Problem problem, int status, HttpServletResponse response) throws IOException {
        new ServletProblem(json(problem, status), status).writeTo(response);
    }

    /** The problem as a JSON object with type, title, status and detail. */
    public JsonObject json(Problem problem) {
        return json(problem, problem.type().status());
    }

    /** The same for an answer whose status the server has chosen. */
    JsonObject json(Problem problem, int status) {
        return Json.createObjectBuilder()
                .add("type", root + "/problems.html#" + problem.type().anchor())
                .add("title", problem.type().title())
                .add("status", status)
                .add("detail", problem.detail())
                .build();
    }

    /** The problem for a failure; unexpected errors are logged. */
    public Problem of(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof WindowTooLargeException e) {
            return new Problem(
                    ProblemType.WINDOW_TOO_LARGE,
                    "There are more than " + e.limit() + " rows between these dates. Ask for a shorter span.");
        }
        if (failure instanceof FeedTooLargeException) {
            return new Problem(
                    ProblemType.FEED_TOO_LARGE,
                    "This server has reached its limit of rows for this feed. Ask for a shorter span, or try again later.");
        }
        if (failure instanceof TooManyReadsException) {
            return new Problem(
                    ProblemType.TOO_MANY_READS,
                    "Too many windows are waiting to be read. Try again shortly, or open a stream.");
        }
        if (failure instanceof InvalidValueException e) {
            return new Problem(ProblemType.INVALID_PARAMETER, e.getMessage());
        }
        if (failure instanceof FeedAlteredException) {
            return new Problem(ProblemType.FEED_ALTERED, "The table of this feed was altered. Ask again.");
        }
        if (failure instanceof FeedForbiddenException) {
            return new Problem(
                    ProblemType.FEED_FORBIDDEN,
                    "The server's database user is not allowed to read this feed. An administrator must grant access.");
        }
        if (failure instanceof FeedUnavailableException e && e.isTimeout()) {
            return new Problem(
                    ProblemType.READ_TIMEOUT,
                    "These rows could not be read within the server's time limit. Ask for a shorter span.");
        }
        if (failure instanceof FeedUnavailableException) {
            return new Problem(
                    ProblemType.DATABASE_UNAVAILABLE, "The rows cannot be read at the moment. Try again shortly.");
        }
        if (failure instanceof NotFoundException) {
            return new Problem(ProblemType.NOT_FOUND, "Nothing is served at this path. GET api/feeds lists the feeds.");
        }
        if (failure instanceof NotAllowedException) {
            return new Problem(ProblemType.METHOD_NOT_ALLOWED, "Feeds are read-only: use GET.");
        }
        if (failure instanceof NotAcceptableException) {
            return new Problem(
                    ProblemType.NOT_ACCEPTABLE,
                    "A feed is served as application/json, and its stream as text/event-stream. Accept that type, or omit Accept.");
        }
        if (failure instanceof ForbiddenException) {
            return new Problem(
                    ProblemType.FORBIDDEN,
                    "You may not read this feed. It requires a role or a claim that you do not have.");
        }
        if (failure instanceof ClientErrorException) {
            return new Problem(ProblemType.MALFORMED_REQUEST, "The request cannot be understood.");
        }
        MemoryLoss.tell(failure);
        LOG.log(ERROR, "A request failed with an unexpected error", failure);
        return new Problem(ProblemType.INTERNAL_ERROR, "See the server's log.");
    }
}

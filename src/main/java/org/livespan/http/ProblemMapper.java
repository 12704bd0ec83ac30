package org.livespan.http;

import jakarta.inject.Inject;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status.Family;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.ThreadLocalRandom;

/** Maps every failure of a request to {@code application/problem+json}. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final int SECONDS_BEFORE_RETRY = 2;
    private static final int SECONDS_OF_JITTER = 4;

    @Inject
    Problems problems;

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException e && !isError(e.getResponse())) {
            return e.getResponse();
        }
        Problem problem = problems.of(failure);
        var response = Response.status(problem.type().status())
                .type(Problems.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(problems.json(problem).toString());
        if (problem.type().isTemporary()) {
            response.header(HttpHeaders.RETRY_AFTER, secondsBeforeRetry());
        }
        if (failure instanceof NotAllowedException e) {
            response.allow(e.getResponse().getAllowedMethods());
        }
        return response.build();
    }

    /** RESTEasy also throws its answer to OPTIONS. */
    private static boolean isError(Response response) {
        Family family = response.getStatusInfo().getFamily();
        return family == Family.CLIENT_ERROR || family == Family.SERVER_ERROR;
    }

    /** Differs from client to client, so that those refused together do not come back together. */
    private static int secondsBeforeRetry() {
        return SECONDS_BEFORE_RETRY + ThreadLocalRandom.current().nextInt(SECONDS_OF_JITTER);
    }
}

package org.livespan.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.livespan.feed.InvalidValueException;
import org.livespan.http.WindowRequest;
import org.livespan.live.LiveFeeds;
import org.livespan.live.Restriction;

/** Determines which rows a request is for. */
@ApplicationScoped
class Restrictions {

    @Inject
    LiveFeeds live;

    /**
     * @return completes with the rows, or with the reason why they cannot be determined: {@link ForbiddenException} if a claim
     *     has a value that no row can have
     */
    CompletionStage<Restriction> of(WindowRequest request) {
        try {
            return live.restrict(request.feed(), request.span(), request.all())
                    .exceptionallyCompose(failure -> CompletableFuture.failedStage(reason(request, failure)));
        } catch (RuntimeException e) {
            // The application is being stopped
            return CompletableFuture.failedStage(e);
        }
    }

    private static Throwable reason(WindowRequest request, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof InvalidValueException invalid && !request.isGiven(invalid)
                ? new ForbiddenException()
                : cause;
    }
}

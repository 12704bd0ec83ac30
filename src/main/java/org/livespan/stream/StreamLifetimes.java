package org.livespan.stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.livespan.http.Problem;
import org.livespan.http.ProblemType;
import org.livespan.http.Problems;

/** How long streams last: until {@code livespan.stream.max-age}, or until the caller's authentication expires. */
@ApplicationScoped
class StreamLifetimes {

    @Inject
    StreamSettings settings;

    @Inject
    Problems problems;

    /** @param until when the caller's authentication expires; empty if it does not */
    Lifetime of(Optional<Instant> until) {
        return until.map(end -> settings.lifetime(end, farewell())).orElseGet(settings::lifetime);
    }

    private StreamEvent farewell() {
        var problem = new Problem(ProblemType.UNAUTHORIZED, "The token has expired. Reconnect with a new one.");
        return StreamEvent.error(problems.json(problem).toString());
    }
}

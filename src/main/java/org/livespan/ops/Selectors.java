package org.livespan.ops;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The server's threads that wait for connections and requests: whether some have ended while others of their kind go on.
 * Clients connected by one that has ended are never answered, and nothing restarts it.
 *
 * <p>No standard API lists them, so they are recognised by their names. Payara's Grizzly and WildFly's XNIO start as many as
 * they need at once, and keep them; XNIO's threads without a name of their own are those of clients. Open Liberty's come and
 * go with the connections and are not checked. If all of a kind are gone, a listener was closed, or nothing is left to ask
 * for health. Guarded by its own lock.
 */
final class Selectors {

    /** A listener that an administrator reconfigures has them back sooner. */
    static final Duration LEAST = Duration.ofSeconds(30);

    private static final Pattern NAME = Pattern.compile(".+ SelectorRunner|(?!XNIO-).+ (?:I/O-\\d+|Accept)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Map<String, Long> most = new HashMap<>();
    private final Lasting lost = new Lasting(LEAST);

    /**
     * @param threads the names of all threads
     * @param now of {@link System#nanoTime()}
     * @return the kind of which some have been missing for long; empty if none
     */
    synchronized Optional<String> missing(Collection<String> threads, long now) {
        Map<String, Long> running = threads.stream()
                .filter(name -> NAME.matcher(name).matches())
                .map(name -> NUMBER.matcher(name).replaceAll("N"))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        running.forEach((kind, count) -> most.merge(kind, count, Math::max));
        Optional<String> fewer = running.keySet().stream()
                .filter(kind -> running.get(kind) < most.get(kind))
                .findFirst();
        return lost.look(fewer.isPresent(), now) ? fewer : Optional.empty();
    }
}

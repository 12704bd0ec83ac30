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
 * The server's threads that wait for connections and requests: whether some have ended while others of their kind go on. Whoever
 * is connected by one of those that have ended is never answered, and nothing starts it again.
 *
 * <p>No standard API tells of them, so they are known by their names: Payara's Grizzly and WildFly's XNIO start as many as they
 * need at once, and keep them; XNIO's without a name of their own are those of clients. Open Liberty's come and go with the connections, and are not looked at. Where all of a kind are
 * gone, a listener was closed, or there is none left by whom health could be asked. Guarded by itself.
 */
final class Selectors {

    /** A listener that is made anew, as an administrator changes it, has them back sooner. */
    static final Duration LEAST = Duration.ofSeconds(30);

    private static final Pattern NAME = Pattern.compile(".+ SelectorRunner|(?!XNIO-).+ (?:I/O-\\d+|Accept)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Map<String, Long> most = new HashMap<>();
    private final Lasting lost = new Lasting(LEAST);

    /**
     * @param threads the names of all threads
     * @param now of {@link System#nanoTime()}
     * @return the kind of which some have been missing for long
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

package org.livespan.http;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.livespan.time.Quoted;

/** A query parameter that may occur once. */
public final class Parameter {

    private Parameter() {}

    /**
     * @param read parses the text, or throws an IllegalArgumentException whose message helps the sender
     * @return the value; empty if the parameter is missing
     * @throws Problem if it has no value, occurs more than once, or cannot be parsed
     */
    public static <T> Optional<T> of(MultivaluedMap<String, String> parameters, String name, Function<String, T> read) {
        List<String> values = parameters.get(name);
        if (values == null || values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw invalid(name + " is given " + values.size() + " times. Give it only once.");
        }
        if (values.get(0).isBlank()) {
            throw invalid(name + " has no value. Give it one, or omit it.");
        }
        try {
            return Optional.of(read.apply(values.get(0)));
        } catch (IllegalArgumentException e) {
            throw invalid(name + ": " + e.getMessage());
        }
    }

    /** Whether it is true; false if missing. */
    public static boolean isTrue(MultivaluedMap<String, String> parameters, String name) {
        return of(parameters, name, Parameter::truth).orElse(false);
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(Quoted.of(text) + " is neither true nor false.");
        };
    }

    public static Problem invalid(String detail) {
        return new Problem(ProblemType.INVALID_PARAMETER, detail);
    }
}

package org.livespan.http;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import org.livespan.feed.Feed;
import org.livespan.feed.Filter;
import org.livespan.time.Quoted;

/** The parameters by which a client narrows a window, such as {@code status=new&status=paid&customer.is=null}. */
final class FilterParameters {

    /** What follows the name in a test for null. */
    static final String NULL_TEST = ".is";

    private static final int MOST_VALUES = 100;
    private static final int MOST_CHARACTERS = 1_000;

    private FilterParameters() {}

    static boolean isOne(Feed feed, String name) {
        return feed.filters().contains(name)
                || name.endsWith(NULL_TEST)
                        && feed.filters().contains(name.substring(0, name.length() - NULL_TEST.length()));
    }

    /** The filters for a list of parameters, with a comma before each. */
    static String listed(Feed feed) {
        var listed = new StringBuilder();
        feed.filters()
                .forEach(filter -> listed.append(", ")
                        .append(filter)
                        .append(", ")
                        .append(filter)
                        .append(NULL_TEST));
        return listed.toString();
    }

    /** @throws Problem if a filter has too many values, or one that is too long or means nothing */
    static List<Filter> of(Feed feed, MultivaluedMap<String, String> parameters) {
        var filters = new ArrayList<Filter>();
        for (String name : feed.filters()) {
            List<String> values = parameters.getOrDefault(name, List.of());
            List<String> tests = parameters.getOrDefault(name + NULL_TEST, List.of());
            requireFew(name, values);
            tests.forEach(test -> requireTest(name, test));
            if (!values.isEmpty() || !tests.isEmpty()) {
                filters.add(new Filter(name, values, tests.contains("null"), tests.contains("notnull")));
            }
        }
        return filters;
    }

    private static void requireFew(String name, List<String> values) {
        if (values.size() > MOST_VALUES) {
            throw Parameter.invalid(name + " is given " + values.size() + " times. At most " + MOST_VALUES
                    + " values of a column can be asked for.");
        }
        values.stream()
                .filter(value -> value.length() > MOST_CHARACTERS)
                .findFirst()
                .ifPresent(value -> {
                    throw Parameter.invalid(name + " is " + Quoted.of(value) + ". A value has at most "
                            + MOST_CHARACTERS + " characters.");
                });
    }

    private static void requireTest(String name, String test) {
        if (!test.equals("null") && !test.equals("notnull")) {
            throw Parameter.invalid(name + NULL_TEST + " is " + Quoted.of(test) + ". It can be null or notnull.");
        }
    }
}

package org.livespan.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A caller sees only rows whose column has the value of the caller's claim: one part of the setting
 * {@code livespan.feeds.NAME.where}, {@code COLUMN=claim:CLAIM}.
 *
 * @param column the column, as in the catalogue
 * @param claim the claim's name or path
 */
public record ClaimBinding(String column, String claim) {

    static final String SETTING = "where";

    private static final Pattern PART = Pattern.compile("([^=]+)=\\s*claim:(.+)");

    /** The bindings of a setting's value; empty if it cannot be parsed. */
    public static Optional<List<ClaimBinding>> parse(String text) {
        var bindings = new ArrayList<ClaimBinding>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part.strip());
            if (!matcher.matches() || matcher.group(2).isBlank()) {
                return Optional.empty();
            }
            try {
                List<String> columns = SqlNames.columns(matcher.group(1).strip());
                bindings.add(new ClaimBinding(columns.get(0), matcher.group(2).strip()));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(bindings);
    }
}

package org.livespan.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of tables and columns in SQL's syntax: without double quotes they are folded to lower case.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS">PostgreSQL,
 *     Identifiers and Key Words</a>
 */
public final class SqlNames {

    /** One part of a name, and the dot, the comma or the end that follows it. */
    private static final Pattern PART =
            Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")+)\"|([\\p{L}_][\\p{L}\\p{N}_$]*))\\s*(\\.|,|$)");

    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Pattern NEEDS_NO_ESCAPES = Pattern.compile("[A-Za-z0-9_ ]+");
    private static final String DEFAULT_SCHEMA = "public";

    private SqlNames() {}

    /** A text as a constant, for statements that people run. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /**
     * Tables separated by commas; those without a schema are in {@code public}.
     *
     * @throws IllegalArgumentException if it is no such list
     */
    static List<TableName> tables(String text) {
        return read(text, 2).stream()
                .map(parts -> parts.size() == 1
                        ? new TableName(DEFAULT_SCHEMA, parts.get(0))
                        : new TableName(parts.get(0), parts.get(1)))
                .toList();
    }

    /**
     * Columns separated by commas.
     *
     * @throws IllegalArgumentException if it is no such list
     */
    static List<String> columns(String text) {
        return read(text, 1).stream().map(parts -> parts.get(0)).toList();
    }

    private static List<List<String>> read(String text, int mostParts) {
        var names = new ArrayList<List<String>>();
        var parts = new ArrayList<String>();
        Matcher part = PART.matcher(text);
        boolean more = true;
        while (more) {
            if (!part.lookingAt() || parts.size() == mostParts) {
                throw new IllegalArgumentException("'" + text + "' is not written as in SQL");
            }
            parts.add(part.group(1) == null ? folded(part.group(2)) : unquoted(part.group(1)));
            if (!part.group(3).equals(".")) {
                names.add(List.copyOf(parts));
                parts.clear();
            }
            more = !part.group(3).isEmpty();
            part.region(part.end(), text.length());
        }
        return names;
    }

    /** PostgreSQL folds only these letters, whatever the locale. */
    private static String folded(String name) {
        return Pattern.compile("[A-Z]+")
                .matcher(name)
                .replaceAll(letters -> letters.group().toLowerCase(Locale.ROOT));
    }

    private static String unquoted(String name) {
        return name.replace("\"\"", "\"");
    }

    /** For people to read: in quotes only if they are needed. */
    public static String written(String name) {
        return NEEDS_NO_QUOTES.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    public static String written(TableName table) {
        return written(table.schema()) + "." + written(table.name());
    }

    /**
     * For a statement, whatever characters it contains: persistence providers look for parameters in a statement's text, so
     * anything that could be taken for one is escaped.
     */
    static String quoted(String name) {
        if (NEEDS_NO_ESCAPES.matcher(name).matches()) {
            return '"' + name + '"';
        }
        var escaped = new StringBuilder("U&\"");
        name.codePoints().forEach(character -> escaped.append("\\+%06X".formatted(character)));
        return escaped.append('"').toString();
    }

    static String quoted(TableName table) {
        return quoted(table.schema()) + "." + quoted(table.name());
    }
}

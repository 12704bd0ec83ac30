package org.livespan.feed;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.livespan.time.DateRange;

/**
 * A feed as described by the settings {@code livespan.feeds.NAME.*}.
 *
 * @param name the name in the URL
 * @param table the table or view, as in the catalogue
 * @param dateColumn the date column, as in the catalogue
 * @param key the key columns
 * @param zone the time zone of a {@code timestamp} column
 * @param watched the tables of which any change may concern any row; empty if the feed's own table is watched
 * @param filters the columns by which clients may narrow a window
 * @param bound the columns by which claims bind it
 */
record FeedSettings(
        String name,
        TableName table,
        String dateColumn,
        List<String> key,
        ZoneId zone,
        List<TableName> watched,
        List<String> filters,
        List<String> bound) {

    static final String FILTERS = "filters";

    private static final String PREFIX = "livespan.feeds";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    /**
     * All feeds that the settings name, in their order.
     *
     * @param settings the value of a setting, empty if it is not set. It is called with exact names, because only these can
     *     be mapped to environment variables if they contain dots or dashes
     * @throws IllegalStateException if a setting is missing or wrong; the message names it
     */
    static List<FeedSettings> all(Function<String, Optional<String>> settings) {
        var feeds = new LinkedHashMap<String, FeedSettings>();
        for (String listed : settings.apply(PREFIX).orElse("").split(",")) {
            String name = listed.strip();
            if (!name.isEmpty()) {
                var twice = feeds.put(name, read(name, settings));
                require(twice == null, PREFIX + " names " + name + " twice. Remove one.");
            }
        }
        return List.copyOf(feeds.values());
    }

    /** The full name of one of this feed's settings. */
    String setting(String last) {
        return prefix(name) + last;
    }

    /** What the names of a feed's settings begin with. */
    static String prefix(String feed) {
        return PREFIX + "." + feed + ".";
    }

    private static FeedSettings read(String name, Function<String, Optional<String>> settings) {
        require(
                NAME.matcher(name).matches(),
                PREFIX + " names '" + name + "'. A feed name consists of letters, digits, dashes and underscores.");
        var reader = new Reader(prefix(name), settings);
        var key = reader.required("key", SqlNames::columns, "one or more columns, separated by commas, such as id");
        require(new HashSet<>(key).size() == key.size(), reader.prefix + "key names a column twice. Remove one.");
        return new FeedSettings(
                name,
                reader.required(
                        "table", text -> single(SqlNames.tables(text)), "a table or view, such as public.orders"),
                reader.required("date-column", text -> single(SqlNames.columns(text)), "a column, such as created_at"),
                key,
                zone(reader, settings),
                reader.optional("watched", SqlNames::tables, "tables, separated by commas, such as public.orders")
                        .orElse(List.of()),
                filters(name, settings),
                bound(name, settings));
    }

    /** The columns that are bound to claims. None if the setting cannot be parsed; the feed is closed then. */
    static List<String> bound(String feed, Function<String, Optional<String>> settings) {
        return settings
                .apply(PREFIX + "." + feed + "." + ClaimBinding.SETTING)
                .flatMap(ClaimBinding::parse)
                .orElse(List.of())
                .stream()
                .map(ClaimBinding::column)
                .distinct()
                .toList();
    }

    /**
     * The filter columns of a feed; none if the setting is not set.
     *
     * @throws IllegalStateException if the setting is wrong; the message names it
     */
    static List<String> filters(String feed, Function<String, Optional<String>> settings) {
        var reader = new Reader(prefix(feed), settings);
        List<String> filters = reader.optional(
                        FILTERS, SqlNames::columns, "columns, separated by commas, such as status, customer")
                .orElse(List.of());
        require(
                new HashSet<>(filters).size() == filters.size(),
                reader.prefix + FILTERS + " names a column twice. Remove one.");
        return filters;
    }

    private static ZoneId zone(Reader reader, Function<String, Optional<String>> settings) {
        String wanted = "an IANA time zone name, such as Europe/Berlin";
        return reader.optional("zone", ZoneId::of, wanted)
                .or(() -> new Reader("livespan.", settings).optional("zone", ZoneId::of, wanted))
                .orElse(ZoneId.of(DateRange.DEFAULT_ZONE));
    }

    private static <T> T single(List<T> list) {
        if (list.size() > 1) {
            throw new IllegalArgumentException("only one is allowed");
        }
        return list.get(0);
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalStateException(message);
        }
    }

    /** One feed's settings, each read by its exact name. */
    private record Reader(String prefix, Function<String, Optional<String>> settings) {

        <T> Optional<T> optional(String setting, Function<String, T> parse, String wanted) {
            return settings.apply(prefix + setting).map(text -> parsed(setting, text, parse, wanted));
        }

        <T> T required(String setting, Function<String, T> parse, String wanted) {
            return optional(setting, parse, wanted)
                    .orElseThrow(() ->
                            new IllegalStateException(prefix + setting + " is not set. Set it to " + wanted + "."));
        }

        private <T> T parsed(String setting, String text, Function<String, T> parse, String wanted) {
            try {
                return parse.apply(text.strip());
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new IllegalStateException(
                        prefix + setting + " is '" + text + "'. Set it to " + wanted
                                + (setting.equals("zone") ? "." : ", and quote names as in SQL."),
                        e);
            }
        }
    }
}

package org.livespan.db;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings that every reading transaction pins, because a role or a database may have set them to anything: those that
 * determine how names are resolved and values are printed, and those that could end a transaction. So equal rows are the same
 * bytes, whoever reads them.
 *
 * <p>They are set for the transaction only, because a pooler may give the session to somebody else for the next one. Settings
 * that this version of PostgreSQL does not have are left out.
 *
 * <p>{@code lc_monetary}, {@code lc_numeric}, {@code lc_time} and {@code default_text_search_config} stay as in the
 * database: the first determines with how many decimals a value of type {@code money} was stored.
 *
 * @see <a href="https://www.postgresql.org/docs/current/runtime-config-client.html">PostgreSQL, Client Connection
 *     Defaults</a>
 */
public final class SessionSettings {

    /** Begins a reading transaction, before {@link #PIN} takes the snapshot. */
    public static final String BEGIN = "set transaction isolation level repeatable read, read only";

    /**
     * The sessions of the pool have it all the time: if it changed with each transaction, PostgreSQL 18 would report that, and
     * the driver would have PostgreSQL parse all its prepared statements again. Without spaces, as the options of a connection
     * have it too; it is compared as text.
     */
    static final String SEARCH_PATH = "pg_catalog,public,pg_temp";

    private static final Map<String, String> PINNED = new LinkedHashMap<>();

    static {
        // A name without a schema is PostgreSQL's own, or in public, as everywhere in Livespan
        pin("search_path", SEARCH_PATH);
        pin("timezone", "UTC");
        pin("datestyle", "ISO, MDY");
        pin("intervalstyle", "postgres");
        pin("bytea_output", "hex");
        pin("extra_float_digits", "1");
        pin("xmlbinary", "base64");
        pin("xmloption", "content");
        pin("quote_all_identifiers", "off");
        pin("row_security", "on");
        pin("standard_conforming_strings", "on");
        pin("transform_null_equals", "off");
        pin("array_nulls", "on");
        pin("timezone_abbreviations", "Default");
        pin("gin_fuzzy_search_limit", "0");
        pin("restrict_nonsystem_relation_kind", "");
        // livespan.db.query-timeout limits how long a query takes
        pin("statement_timeout", "0");
        pin("lock_timeout", "0");
        pin("transaction_timeout", "0");
        // A node that hangs does not keep its snapshot for ever
        pin("idle_in_transaction_session_timeout", "1min");
    }

    /** A query that pins them until the transaction ends. It has no colons, which persistence providers take for parameters. */
    public static final String PIN =
            PINNED.entrySet().stream().map(SessionSettings::set).collect(joining(", ", "select ", ""));

    private SessionSettings() {}

    private static void pin(String setting, String value) {
        PINNED.put(setting, value);
    }

    private static String set(Map.Entry<String, String> setting) {
        return "case when pg_catalog.current_setting('%1$s', true) is not null then pg_catalog.set_config('%1$s', '%2$s', true) end"
                .formatted(setting.getKey(), setting.getValue());
    }
}

package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.BesideOthers;

/** A database in {@code SQL_ASCII}, which stores any bytes it is sent, without interpreting them. */
@BesideOthers
class EncodingsIT {

    @RegisterExtension
    final WatchedDatabase db =
            new WatchedDatabase("encoding 'SQL_ASCII' template template0 lc_collate 'C' lc_ctype 'C'");

    @Test
    void names_and_dates_are_sent_unchanged() throws Exception {
        db.execute(
                "create table \"Größe\" (\"geändert\" date, note text)",
                "select livespan.watch('\"Größe\"', 'geändert')",
                "insert into \"Größe\" values ('2026-05-01', 'Édouard')",
                "update \"Größe\" set \"geändert\" = '2026-07-01'",
                "truncate \"Größe\"");
        assertThat(db.heard())
                .containsExactly(
                        WatchedDatabase.payload("insert", "public.Größe|2026-05-01|2026-05-01"),
                        WatchedDatabase.payload("update", "public.Größe|2026-05-01|2026-05-01|2026-07-01|2026-07-01"),
                        WatchedDatabase.payload("truncate", "public.Größe||"));
        assertThat(db.query("select date_column from livespan.watched")).isEqualTo("geändert");
    }

    @Test
    void bytes_that_are_not_utf_8_neither_fail_the_writer_nor_suppress_its_notification() throws Exception {
        db.execute(
                "create table orders (created_at date, note text)",
                "select livespan.watch('orders', 'created_at')",
                "insert into orders values ('2026-05-01', convert_from('\\xc4ff', 'SQL_ASCII'))");
        assertThat(db.heard()).containsExactly(WatchedDatabase.orders("insert", "2026-05-01", "2026-05-01"));
    }
}

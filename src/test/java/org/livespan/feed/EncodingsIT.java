package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.tool.BesideOthers;

/** Databases whose encoding is not UTF-8. One in {@code SQL_ASCII} stores any bytes it is sent, without interpreting them. */
@BesideOthers
class EncodingsIT {

    private static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";

    private static final String NOT_UTF_8 = "convert_from('\\xc4ff', 'SQL_ASCII')";

    @RegisterExtension
    final FeedDatabase ascii = new FeedDatabase("encoding 'SQL_ASCII' template template0 lc_collate 'C' lc_ctype 'C'");

    @RegisterExtension
    final FeedDatabase latin1 = new FeedDatabase("encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'");

    @Test
    void the_databases_digest_is_that_of_the_rows_in_sql_ascii_with_utf_8_text() throws Exception {
        fill(ascii, "Édouard 42 € 😀");
        assertDigestIsThatOfRows(ascii);
    }

    @Test
    void the_databases_digest_is_that_of_the_rows_in_latin1() throws Exception {
        fill(latin1, "Édouard Größe");
        assertDigestIsThatOfRows(latin1);
    }

    /** The server itself refuses to send them, so no client ever sees a wrong character. */
    @Test
    void bytes_that_are_not_utf_8_fail_reads_and_digests_until_they_are_deleted() throws Exception {
        fill(ascii, "Édouard");
        ascii.execute("insert into readings values (99, '2026-06-01', " + NOT_UTF_8 + ")");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> ascii.read(DateType.DATE, Span.ANY))
                .withMessageContaining("invalid byte sequence for encoding \"UTF8\": 0xc4 0xff")
                .matches(e -> e.getSQLState().equals(CHARACTER_NOT_IN_REPERTOIRE));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> ascii.digest(DateType.DATE, Span.ANY))
                .matches(e -> e.getSQLState().equals(CHARACTER_NOT_IN_REPERTOIRE));
        ascii.execute("delete from readings where id = 99");
        assertDigestIsThatOfRows(ascii);
    }

    private static void fill(FeedDatabase db, String text) throws SQLException {
        db.execute(
                "create table readings (id int, at date, note text)",
                "insert into readings select n, date '2026-05-01' + n, '" + text + "' || E'\\n' || n"
                        + " from generate_series(1, 20) n");
        assertThat(FeedDatabase.json(db.read(DateType.DATE, Span.ANY)))
                .hasSize(20)
                .allMatch(row -> row.contains(text));
    }

    private static void assertDigestIsThatOfRows(FeedDatabase db) throws SQLException {
        assertThat(db.digest(DateType.DATE, Span.ANY))
                .isEqualTo(db.read(DateType.DATE, Span.ANY).stream()
                        .map(Digest::of)
                        .reduce(Digest.NONE, Digest::plus))
                .isNotEqualTo(Digest.NONE);
    }
}

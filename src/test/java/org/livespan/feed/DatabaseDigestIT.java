package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.tool.BesideOthers;

/** The database computes the digest that the rows it sends would have. */
@BesideOthers
class DatabaseDigestIT {

    private static final Span MAY =
            Span.between(LocalDateTime.of(2026, 5, 1, 0, 0), LocalDateTime.of(2026, 5, 31, 23, 59));

    @RegisterExtension
    final FeedDatabase db = new FeedDatabase();

    @Test
    void it_is_the_digest_of_the_rows_whatever_they_hold() throws Exception {
        db.execute(
                "create table readings (at date, id int, notes text, document json)",
                "insert into readings select date '2026-04-01' + n, n, repeat(chr(8364), n) || E'\\n\"\\\\',"
                        + " cast(E'{\"n\":\\r\\n ' || n || '}' as json) from generate_series(1, 100) n");
        assertThat(db.digest(DateType.DATE, MAY)).isEqualTo(sum(MAY)).isNotEqualTo(Digest.NONE);
        assertThat(db.digest(DateType.DATE, Span.ANY)).isEqualTo(sum(Span.ANY));
    }

    @Test
    void it_is_the_digest_of_the_rows_even_if_the_sums_overflow() throws Exception {
        db.execute(
                "create table readings (at date, id int)",
                "insert into readings select '2026-05-01', n from generate_series(1, 5000) n");
        assertThat(db.digest(DateType.DATE, MAY)).isEqualTo(sum(MAY));
    }

    @Test
    void without_rows_it_is_the_empty_digest() throws Exception {
        db.execute("create table readings (at date, id int)");
        assertThat(db.digest(DateType.DATE, MAY)).isEqualTo(Digest.NONE);
    }

    private Digest sum(Span span) throws Exception {
        return db.read(DateType.DATE, span).stream().map(Digest::of).reduce(Digest.NONE, Digest::plus);
    }
}

package org.livespan.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.feed.FeedDatabase;
import org.livespan.tool.BesideOthers;

/** Which column is proposed for watching a table. */
@BesideOthers
class WatchedTablesIT {

    @RegisterExtension
    final FeedDatabase db = new FeedDatabase();

    @Test
    void the_date_columns_to_watch_by_begin_with_the_one_named_like_the_feeds() throws Exception {
        db.execute("create table readings (name text, made timestamptz, at date)");
        assertThat(db.rows(WatchedTables.DATE_COLUMNS, List.of("public", "readings", "at")))
                .containsExactly(List.of("at"), List.of("made"));
        assertThat(db.rows(WatchedTables.DATE_COLUMNS, List.of("public", "readings", "other")))
                .containsExactly(List.of("made"), List.of("at"));
    }
}

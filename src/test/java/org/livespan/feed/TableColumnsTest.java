package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.livespan.feed.TableColumns.Column;
import org.livespan.time.DateType;

/** A column that is missing or not a date is named, with the setting to change and what to set it to. */
class TableColumnsTest {

    private final Map<String, Column> present = new LinkedHashMap<>();
    private final TableColumns columns = new TableColumns(present, "Reader");

    TableColumnsTest() {
        present.put("id", new Column("integer", true, true));
        present.put("takenAt", new Column("timestamp with time zone", true, true));
        present.put("day", new Column("date", true, true));
        present.put("doc", new Column("json", true, false));
    }

    @Test
    void the_type_of_the_date_column_is_known() {
        assertThat(columns.dateType(feed("takenAt", "id"))).isEqualTo(DateType.TIMESTAMPTZ);
        assertThat(columns.dateType(feed("day", "id", "day"))).isEqualTo(DateType.DATE);
    }

    @Test
    void a_missing_column_is_named_with_its_setting_and_the_columns_that_fit() {
        refused(
                feed("takenat", "id"),
                "public.readings has no column takenat."
                        + " Set livespan.feeds.readings.date-column to a column of type date, timestamp or timestamptz: \"takenAt\", day.");
        refused(
                feed("day", "id", "seq"),
                "public.readings has no column seq."
                        + " Set livespan.feeds.readings.key to a column whose type can be sorted: id, \"takenAt\", day.");
    }

    @Test
    void a_date_column_that_is_not_a_date_is_named_with_the_columns_that_fit() {
        refused(
                feed("id", "id"),
                "column id of public.readings is of type integer. Set livespan.feeds.readings.date-column"
                        + " to a column of type date, timestamp or timestamptz: \"takenAt\", day.");
    }

    @Test
    void a_key_column_without_an_order_is_named_with_the_columns_that_fit() {
        refused(
                feed("day", "doc"),
                "column doc of public.readings is of type json. Set livespan.feeds.readings.key"
                        + " to a column whose type can be sorted: id, \"takenAt\", day.");
    }

    @Test
    void a_table_with_an_unreadable_column_is_refused_with_the_grants_it_needs() {
        present.put("pay", new Column("money", false, true));
        refused(
                feed("day", "id"),
                "\"Reader\" may not read public.readings. Run: grant usage on schema public to \"Reader\";"
                        + " grant select on public.readings to \"Reader\";");
    }

    private static FeedSettings feed(String dateColumn, String... key) {
        return new FeedSettings(
                "readings",
                new TableName("public", "readings"),
                dateColumn,
                List.of(key),
                ZoneId.of("UTC"),
                List.of(),
                List.of(),
                List.of());
    }

    private void refused(FeedSettings feed, String message) {
        assertThatThrownBy(() -> columns.dateType(feed))
                .isInstanceOf(UnreadableTableException.class)
                .hasMessage(message);
    }
}

package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;
import org.livespan.change.Operation;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Which changes affect a feed, and which of its dates. */
class TableFeedTest {

    private static final TableName READINGS = new TableName("public", "readings");
    private static final TableName DEVICES = new TableName("plant", "devices");
    private static final SpanSet SPANS = SpanSet.of(List.of(new Span(1, 2), new Span(8, 9)));

    @Test
    void a_change_of_its_table_affects_the_dates_it_names() {
        var feed = feed();
        assertThat(feed.dateType()).isEqualTo(DateType.TIMESTAMPTZ);
        assertThat(feed.touchedBy(change("public.readings"))).isEqualTo(SPANS);
        assertThat(feed.touchedBy(change("readings"))).isEqualTo(SPANS);
        assertThat(feed.touchedBy(change("plant.readings"))).isEqualTo(SpanSet.NONE);
        assertThat(feed.touchedBy(Change.ANYTHING)).isEqualTo(SpanSet.ALL);
    }

    @Test
    void any_date_may_be_affected_while_the_date_column_is_unknown() {
        var feed = feed();
        assertThat(feed.touchedBy(change("public.readings"))).isEqualTo(SpanSet.ALL);
        feed.dateType();
        feed.lookAnew();
        assertThat(feed.touchedBy(change("public.readings"))).isEqualTo(SpanSet.ALL);
        assertThat(feed.touchedBy(change("public.other"))).isEqualTo(SpanSet.NONE);
    }

    @Test
    void a_change_of_a_watched_table_may_affect_any_date_of_a_view() {
        var feed = feed(READINGS, DEVICES);
        feed.dateType();
        assertThat(feed.touchedBy(change("plant.devices"))).isEqualTo(SpanSet.ALL);
        assertThat(feed.touchedBy(change("public.readings"))).isEqualTo(SpanSet.ALL);
        assertThat(feed.touchedBy(change("public.other"))).isEqualTo(SpanSet.NONE);
    }

    @Test
    void its_key_is_the_configured_columns_and_as_text_joins_them_with_commas() {
        var settings = new FeedSettings(
                "readings", READINGS, "at", List.of("a,b", "id"), ZoneId.of("UTC"), List.of(), List.of(), List.of());
        var feed = new TableFeed(settings, null, null, null);
        assertThat(feed.keyColumns()).containsExactly("a,b", "id");
        assertThat(feed.key()).isEqualTo("a,b,id");
    }

    private static Change change(String table) {
        return new Change(Operation.UPDATE, table, DateType.TIMESTAMPTZ, SPANS);
    }

    private static TableFeed feed(TableName... watched) {
        var settings = new FeedSettings(
                "readings", READINGS, "at", List.of("id"), ZoneId.of("UTC"), List.of(watched), List.of(), List.of());
        return new TableFeed(
                settings,
                null,
                new TableCatalogue() {
                    @Override
                    TableQuery query(FeedSettings feed) {
                        return new TableQuery(feed.table(), feed.dateColumn(), DateType.TIMESTAMPTZ, feed.key(), true);
                    }
                },
                new FilterCatalogue());
    }
}

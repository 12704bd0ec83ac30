package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed is described by settings alone, and a missing or invalid setting is named. */
class FeedSettingsTest {

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "livespan.feeds", "readings",
            "livespan.feeds.readings.table", "readings",
            "livespan.feeds.readings.date-column", "taken_at",
            "livespan.feeds.readings.key", "id"));

    @Test
    void there_are_no_feeds_if_none_are_named() {
        settings.remove("livespan.feeds");
        assertThat(all()).isEmpty();
    }

    @Test
    void three_settings_make_a_feed() {
        assertThat(all())
                .containsExactly(new FeedSettings(
                        "readings",
                        new TableName("public", "readings"),
                        "taken_at",
                        List.of("id"),
                        ZoneId.of("UTC"),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void every_setting_may_be_given() {
        settings.put("livespan.zone", "Asia/Tokyo");
        settings.put("livespan.feeds.readings.table", "\"My Schema\".Readings");
        settings.put("livespan.feeds.readings.date-column", "\"takenAt\"");
        settings.put("livespan.feeds.readings.key", "device, \"a,b\", Seq");
        settings.put("livespan.feeds.readings.zone", "Europe/Berlin");
        settings.put("livespan.feeds.readings.watched", "plant.device, reading");
        assertThat(all())
                .containsExactly(new FeedSettings(
                        "readings",
                        new TableName("My Schema", "readings"),
                        "takenAt",
                        List.of("device", "a,b", "seq"),
                        ZoneId.of("Europe/Berlin"),
                        List.of(new TableName("plant", "device"), new TableName("public", "reading")),
                        List.of(),
                        List.of()));
    }

    @Test
    void a_feed_without_a_zone_uses_the_zone_of_livespan() {
        settings.put("livespan.zone", "Asia/Tokyo");
        assertThat(all())
                .singleElement()
                .satisfies(feed -> assertThat(feed.zone()).isEqualTo(ZoneId.of("Asia/Tokyo")));
    }

    @Test
    void several_feeds_keep_their_order() {
        settings.put("livespan.feeds", " z-1, readings ,A_2,");
        for (String name : List.of("z-1", "A_2")) {
            settings.put("livespan.feeds." + name + ".table", "t");
            settings.put("livespan.feeds." + name + ".date-column", "d");
            settings.put("livespan.feeds." + name + ".key", "k");
        }
        assertThat(all().stream().map(FeedSettings::name)).containsExactly("z-1", "readings", "A_2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "date-column", "key"})
    void a_missing_setting_is_named(String setting) {
        settings.remove("livespan.feeds.readings." + setting);
        refused("livespan.feeds.readings." + setting + " is not set.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "table; a.b.c",
                "table; a,b",
                "table; my table",
                "table; \"open",
                "table; a.",
                "date-column; a.b",
                "date-column; a,b",
                "date-column; taken-at",
                "key; id,",
                "key; a.b",
                "key; 1st",
                "zone; Middle-Earth/Bree",
                "zone; CEST+25",
                "watched; a,,b",
                "watched; a.b.c"
            })
    void an_invalid_setting_is_named(String setting, String value) {
        settings.put("livespan.feeds.readings." + setting, value);
        refused("livespan.feeds.readings." + setting + " is '" + value + "'.");
    }

    @Test
    void an_invalid_zone_of_livespan_is_named() {
        settings.put("livespan.zone", "nowhere");
        refused("livespan.zone is 'nowhere'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b", "größe", "a.b", "a?"})
    void a_feed_name_unfit_for_a_url_is_refused(String name) {
        settings.put("livespan.feeds", name);
        refused("livespan.feeds names '" + name + "'.");
    }

    @Test
    void a_feed_or_a_key_column_named_twice_is_refused() {
        settings.put("livespan.feeds", "readings,readings");
        refused("livespan.feeds names readings twice.");
        settings.put("livespan.feeds", "readings");
        settings.put("livespan.feeds.readings.key", "id, ID");
        refused("livespan.feeds.readings.key names a column twice.");
    }

    private List<FeedSettings> all() {
        return FeedSettings.all(setting -> Optional.ofNullable(settings.get(setting)));
    }

    private void refused(String message) {
        assertThatThrownBy(this::all)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }
}

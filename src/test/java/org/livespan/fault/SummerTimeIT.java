package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.fault.Installation.PATIENCE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** The days on which the clocks change in the feed's zone, here Berlin: one of 23 hours and one of 25. */
@TakesLong
class SummerTimeIT {

    @RegisterExtension
    final Installation livespan = new Installation();

    @Test
    void the_day_of_23_hours_ends_an_hour_earlier() throws Exception {
        Watcher day = livespan.watch("2026-03-29", "2026-03-29");
        for (String moment : new String[] {
            "2026-03-28 22:59:59.999999Z",
            "2026-03-28 23:00Z",
            "2026-03-29 00:59Z",
            "2026-03-29 01:00Z",
            "2026-03-29 21:59:59.999999Z",
            "2026-03-29 22:00Z"
        }) {
            livespan.readings().insert(moment);
        }
        livespan.readings().awaitShown(PATIENCE, day, "2026-03-28 23:00Z", "2026-03-29 21:59:59.999999Z");
        assertThat(day.shown()).contains("2026-03-29T00:59:00+00:00").doesNotContain("2026-03-29T22:00");
    }

    @Test
    void the_day_of_25_hours_shows_the_rows_of_the_doubled_hour_in_order() throws Exception {
        Watcher day = livespan.watch("2026-10-25", "2026-10-25");
        Watcher first = livespan.watch("2026-10-25T02:00:00+02:00", "2026-10-25T02:59:59+02:00");
        Watcher second = livespan.watch("2026-10-25T02:00:00+01:00", "2026-10-25T02:59:59+01:00");
        for (String moment : new String[] {
            "2026-10-25 02:30+01",
            "2026-10-25 02:30+02",
            "2026-10-24 21:59Z",
            "2026-10-24 22:00Z",
            "2026-10-25 22:59:59.999999Z",
            "2026-10-25 23:00Z"
        }) {
            livespan.readings().insert(moment);
        }
        livespan.readings().awaitShown(PATIENCE, day, "2026-10-24 22:00Z", "2026-10-25 22:59:59.999999Z");
        livespan.readings().awaitShown(PATIENCE, first, "2026-10-25 00:00Z", "2026-10-25 00:59:59Z");
        livespan.readings().awaitShown(PATIENCE, second, "2026-10-25 01:00Z", "2026-10-25 01:59:59Z");
        assertThat(day.shown()).containsSubsequence("2026-10-25T00:30:00", "2026-10-25T01:30:00");
        assertThat(first.shown()).doesNotContain("T01:30:00");
    }
}

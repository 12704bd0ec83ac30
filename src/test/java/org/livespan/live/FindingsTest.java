package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.livespan.feed.TableName;
import org.livespan.monitor.TableMonitor;
import org.livespan.time.Span;

/** Differences found without a notification: counted each time, and logged once. */
class FindingsTest {

    private static final Span FOUND = new Span(0, 86_400_000_000L);

    private final FakeFeed feed = new FakeFeed();
    private final Findings findings = new Findings(new TableMonitor());
    private final LogLines log = LogLines.of(Findings.class);

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void a_finding_is_counted_each_time_and_logged_once_with_its_dates_and_a_likely_cause() {
        findings.found(feed, FOUND);
        findings.found(feed, FOUND);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains(
                        "feed orders between 2000-01-01T00:00 and 2000-01-02T00:00",
                        "changed without a notification",
                        "does not fire the triggers of livespan.watch");
        assertThat(findings.count()).isEqualTo(2);
    }

    @Test
    void a_finding_is_logged_again_after_a_full_pass_over_its_feed_found_nothing() {
        findings.found(feed, FOUND);
        findings.clean("another");
        findings.found(feed, FOUND);
        assertThat(log.lines()).hasSize(1);
        findings.clean("orders");
        findings.found(feed, FOUND);
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void triggers_are_no_likely_cause_where_the_log_is_followed() {
        new Findings(new TableMonitor() {
                    @Override
                    public boolean followsLog() {
                        return true;
                    }
                })
                .found(feed, FOUND);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("a policy, function or column that reads other tables")
                .doesNotContain("triggers");
    }

    @Test
    void an_infinite_date_is_logged_as_infinity() {
        findings.found(feed, Span.ANY);
        assertThat(log.lines()).singleElement().asString().contains("between -infinity and infinity");
    }

    @Test
    void the_likely_cause_logged_for_a_view_is_a_table_that_the_settings_do_not_name() {
        findings.found(
                new FakeFeed() {
                    @Override
                    public List<TableName> watched() {
                        return List.of(new TableName("public", "lines"));
                    }
                },
                FOUND);
        assertThat(log.lines()).singleElement().asString().contains("livespan.feeds.orders.watched does not name");
    }

    @Test
    void changes_that_are_known_to_go_unheard_are_counted_but_not_logged() {
        var unheard = new Findings(new TableMonitor() {
            @Override
            public Optional<Instant> unheardSince(String name) {
                return Optional.of(Instant.EPOCH);
            }
        });
        var unwritten = new Findings(new TableMonitor() {
            @Override
            public boolean changesUnwritten(String name) {
                return true;
            }
        });
        unheard.found(feed, FOUND);
        unwritten.found(feed, FOUND);
        assertThat(log.lines()).isEmpty();
        assertThat(unheard.count()).isEqualTo(1);
        assertThat(unwritten.count()).isEqualTo(1);
    }

    @Test
    void two_rows_with_the_same_key_are_logged_once_and_not_counted() {
        findings.twins(feed);
        findings.clean("orders");
        findings.twins(feed);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("orders shows more than one row with the same key (id)", "livespan.feeds.orders.key");
        assertThat(findings.count()).isZero();
    }
}

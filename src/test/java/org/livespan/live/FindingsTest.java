package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.livespan.feed.TableMonitor;
import org.livespan.feed.TableName;
import org.livespan.time.Span;

/** What was found although nobody had told of it: counted each time, and said once. */
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
    void it_is_said_once_between_which_dates_and_what_is_likely_behind_it() {
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
    void it_is_said_again_after_all_was_compared_without_a_finding() {
        findings.found(feed, FOUND);
        findings.clean("another");
        findings.found(feed, FOUND);
        assertThat(log.lines()).hasSize(1);
        findings.clean("orders");
        findings.found(feed, FOUND);
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void an_infinite_date_is_said_as_such() {
        findings.found(feed, Span.ANY);
        assertThat(log.lines()).singleElement().asString().contains("between infinity and infinity");
    }

    @Test
    void of_a_view_a_table_that_is_not_named_is_likely() {
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
    void what_is_known_to_go_unheard_is_counted_and_not_said() {
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
    void two_rows_of_one_key_are_said_once_and_count_for_nothing() {
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

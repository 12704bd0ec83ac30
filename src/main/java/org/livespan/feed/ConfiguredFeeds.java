package org.livespan.feed;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.livespan.change.Change;

/** The feeds that {@code livespan.feeds} names; settled at start. */
@ApplicationScoped
class ConfiguredFeeds {

    private final List<TableFeed> feeds;

    /** For the client proxy. */
    ConfiguredFeeds() {
        feeds = List.of();
    }

    /** @throws IllegalStateException if a setting is missing or not right; the message names it */
    @Inject
    ConfiguredFeeds(Config config, Database database, TableCatalogue catalogue) {
        feeds = FeedSettings.all(setting -> config.getOptionalValue(setting, String.class)).stream()
                .map(settings -> new TableFeed(settings, database, catalogue))
                .toList();
    }

    List<TableFeed> all() {
        return feeds;
    }

    /** Before anyone reads for this change: tables may be other ones since the database was last heard of. */
    void lookAnew(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Change change) {
        if (change.table() == null) {
            feeds.forEach(TableFeed::lookAnew);
        }
    }
}

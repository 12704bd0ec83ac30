package org.livespan.feed;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.livespan.change.Change;

/** The feeds that {@code livespan.feeds} names, fixed at the start. */
@ApplicationScoped
class ConfiguredFeeds {

    private final List<TableFeed> feeds;

    /** For the client proxy. */
    ConfiguredFeeds() {
        feeds = List.of();
    }

    /** @throws IllegalStateException if a setting is missing or wrong; the message names it */
    @Inject
    ConfiguredFeeds(Config config, Database database, TableCatalogue catalogue, FilterCatalogue filters) {
        feeds = FeedSettings.all(setting -> config.getOptionalValue(setting, String.class)).stream()
                .map(settings -> new TableFeed(settings, database, catalogue, filters))
                .toList();
    }

    List<TableFeed> all() {
        return feeds;
    }

    /** Runs before anything is read for this change: while the database was away, tables may have been replaced. */
    void lookAnew(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Change change) {
        if (change.isOfAnyTable()) {
            feeds.forEach(TableFeed::lookAnew);
        }
    }
}

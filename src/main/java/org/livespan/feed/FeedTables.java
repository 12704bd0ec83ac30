package org.livespan.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.livespan.change.RowColumns;
import org.livespan.change.TablesOfFeeds;

/** The tables of the feeds of this application. */
@ApplicationScoped
class FeedTables implements TablesOfFeeds {

    @Inject
    Feeds feeds;

    @Override
    public Set<String> names() {
        return feeds.all().stream()
                .flatMap(feed -> feed.watched().isEmpty() ? Stream.of(feed.table()) : feed.watched().stream())
                .map(SqlNames::written)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<RowColumns> columns(String schema, String table) {
        return feeds.all().stream()
                .filter(feed -> feed.watched().isEmpty() && feed.table().equals(new TableName(schema, table)))
                .map(Feed::rowColumns)
                .collect(Collectors.toUnmodifiableSet());
    }
}

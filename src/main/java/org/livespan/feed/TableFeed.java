package org.livespan.feed;

import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.livespan.change.Change;
import org.livespan.time.DateRange;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * A feed over any table or view, described by settings only.
 *
 * <p>What only the database knows about the table is looked up when it is first needed, and again after a failure or a
 * reconnect. So a missing table affects its own feed only, and only until it exists.
 */
final class TableFeed implements Feed {

    private final FeedSettings settings;
    private final Database database;
    private final TableCatalogue catalogue;

    /** Replaced as a whole, so that a look-up which began earlier cannot store its result. */
    private volatile AtomicReference<TableQuery> found = new AtomicReference<>();

    TableFeed(FeedSettings settings, Database database, TableCatalogue catalogue) {
        this.settings = settings;
        this.database = database;
        this.catalogue = catalogue;
    }

    FeedSettings settings() {
        return settings;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public TableName table() {
        return settings.table();
    }

    @Override
    public List<TableName> watched() {
        return settings.watched();
    }

    @Override
    public String dateColumn() {
        return settings.dateColumn();
    }

    @Override
    public DateType dateType() {
        return query().dateType();
    }

    @Override
    public List<String> keyColumns() {
        return settings.key();
    }

    @Override
    public Span span(DateRange range) {
        return range.in(dateType(), settings.zone());
    }

    /** Does not ask the database, because this runs on the listening thread. */
    @Override
    public SpanSet touchedBy(Change change) {
        boolean own = settings.watched().isEmpty();
        boolean touched = (own ? List.of(table()) : settings.watched())
                .stream().anyMatch(table -> change.touches(table.schema(), table.name()));
        if (!touched) {
            return SpanSet.NONE;
        }
        TableQuery known = found.get();
        return own && known != null ? change.spansFor(known.dateType()) : SpanSet.ALL;
    }

    @Override
    public FeedSnapshot snapshot() {
        return snapshot(query -> query.lockable() ? database.snapshot(table()) : database.snapshot(), this::lookAnew);
    }

    /** A failure says nothing about the table. */
    @Override
    public FeedSnapshot auditSnapshot(Duration patience) {
        return snapshot(query -> database.yieldingSnapshot(patience), () -> {});
    }

    private FeedSnapshot snapshot(Function<TableQuery, DatabaseSnapshot> begin, Runnable onFailure) {
        try {
            TableQuery query = query();
            return new TableSnapshot(name(), query, begin.apply(query), onFailure);
        } catch (PersistenceException e) {
            onFailure.run();
            throw SqlState.unreadable(name(), e);
        }
    }

    @Override
    public void requireReadable() {
        catalogue.query(settings);
    }

    @Override
    public String origin() {
        return "livespan.feeds";
    }

    @Override
    public Optional<String> doubtOfKey() {
        return catalogue.doubtOfKey(settings);
    }

    @Override
    public void lookAnew() {
        found = new AtomicReference<>();
    }

    private TableQuery query() {
        AtomicReference<TableQuery> present = found;
        if (present.get() == null) {
            present.set(find());
        }
        return present.get();
    }

    private TableQuery find() {
        try {
            return catalogue.query(settings);
        } catch (UnreadableTableException e) {
            throw e.isForbidden() ? new FeedForbiddenException(name(), e) : new FeedUnavailableException(name(), e);
        } catch (PersistenceException e) {
            throw new FeedUnavailableException(name(), e);
        }
    }
}

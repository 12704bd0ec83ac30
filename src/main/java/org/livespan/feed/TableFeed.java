package org.livespan.feed;

import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.livespan.change.Change;
import org.livespan.time.DateRange;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * A feed over any table or view, described by settings alone.
 *
 * <p>What only the database can tell of the table is looked up when it is first needed, and again after a failure or a
 * reconnect. So a table that is missing fails its own feed only, and only until it is there.
 */
final class TableFeed implements Feed {

    private final FeedSettings settings;
    private final Database database;
    private final TableCatalogue catalogue;

    /** Replaced to forget, so that a look-up which began before cannot bring back what it found. */
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

    /** Asks no database: this is the listening thread. */
    @Override
    public SpanSet touchedBy(Change change) {
        boolean own = settings.watched().isEmpty();
        boolean touched = (own ? List.of(table()) : settings.watched())
                .stream().anyMatch(table -> change.touches(table.schema(), table.name()));
        if (!touched) {
            return SpanSet.NONE;
        }
        TableQuery known = found.get();
        return own && known != null ? new SpanSet(List.of(change.spanFor(known.dateType()))) : SpanSet.ALL;
    }

    @Override
    public FeedSnapshot snapshot() {
        try {
            TableQuery query = query();
            DatabaseSnapshot snapshot = query.lockable() ? database.snapshot(table()) : database.snapshot();
            return new TableSnapshot(name(), query, snapshot, this::lookAnew);
        } catch (PersistenceException e) {
            lookAnew();
            throw new FeedUnavailableException(name(), e);
        }
    }

    /** Forgets what was found of the table: it may have changed. */
    void lookAnew() {
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
        } catch (UnreadableTableException | PersistenceException e) {
            throw new FeedUnavailableException(name(), e);
        }
    }
}

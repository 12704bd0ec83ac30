package org.livespan.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.notify.NotifySource;

/** The statement that watches a table, for an operator to run. Livespan never runs it. */
@ApplicationScoped
public class WatchStatement {

    @Inject
    @ConfigProperty(name = "livespan.channel", defaultValue = NotifySource.DEFAULT_CHANNEL)
    String channel;

    /** @param dateColumn as in the catalogue, without quotes */
    public String of(TableName table, String dateColumn) {
        return "select livespan.watch(" + SqlNames.literal(SqlNames.written(table)) + ", "
                + SqlNames.literal(dateColumn)
                + (channel.equals(NotifySource.DEFAULT_CHANNEL) ? "" : ", " + SqlNames.literal(channel)) + ");";
    }
}

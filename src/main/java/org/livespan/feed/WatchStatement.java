package org.livespan.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.change.ChangeListener;

/** The statement that watches a table, for an operator to run. Livespan never runs it. */
@ApplicationScoped
public class WatchStatement {

    @Inject
    @ConfigProperty(name = "livespan.channel", defaultValue = ChangeListener.DEFAULT_CHANNEL)
    String channel;

    /** @param dateColumn as in the catalogue, without quotes */
    public String of(TableName table, String dateColumn) {
        return "select livespan.watch(" + literal(SqlNames.written(table)) + ", " + literal(dateColumn)
                + (channel.equals(ChangeListener.DEFAULT_CHANNEL) ? "" : ", " + literal(channel)) + ");";
    }

    private static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}

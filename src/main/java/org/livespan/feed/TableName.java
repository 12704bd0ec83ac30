package org.livespan.feed;

/**
 * The name of a table as in the catalogue, unquoted.
 *
 * @param schema its schema's name
 * @param name its own name
 */
public record TableName(String schema, String name) {

    @Override
    public String toString() {
        return schema + "." + name;
    }
}

package org.livespan.feed;

/**
 * A column by which clients may narrow a window, or claims bind it.
 *
 * @param name the member of a row's JSON
 * @param column as in the catalogue
 * @param typeName the name of its type for people; of a domain, that of its base type
 * @param type the same in SQL
 * @param collation the column's collation in SQL, with {@code collate}; empty if its type has none
 * @param equality the type's own operator for equality, in SQL
 */
record FilterColumn(String name, String column, String typeName, String type, String collation, String equality) {

    /** The same for another member. */
    FilterColumn named(String member) {
        return new FilterColumn(member, column, typeName, type, collation, equality);
    }

    /** A text as a value of this column. */
    String value(String text) {
        return "cast(" + text + " as " + type + ")" + collation;
    }

    /** A hash that equal values share, whatever the type. */
    static String hash(String value) {
        return "pg_catalog.hash_record_extended(row(" + value + "), 0)";
    }
}

package org.livespan.change;

/** What a statement did to the rows of a watched table. */
public enum Operation {
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE
}

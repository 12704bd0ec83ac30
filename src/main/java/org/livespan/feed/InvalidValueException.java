package org.livespan.feed;

import org.livespan.time.Quoted;

/** A text that is no value of a filter column's type. */
public final class InvalidValueException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String filter;
    private final String text;

    InvalidValueException(String filter, String text, String type) {
        super(Quoted.of(text) + " is not a value of " + filter + ", which is of type " + type + ".");
        this.filter = filter;
        this.text = text;
    }

    /** The name of the column. */
    public String filter() {
        return filter;
    }

    public String text() {
        return text;
    }
}

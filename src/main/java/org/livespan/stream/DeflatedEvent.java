package org.livespan.stream;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.livespan.gzip.Deflated;

/** An event, compressed: its other fields, its data in pieces that other clients get too, and its end. */
final class DeflatedEvent implements Iterator<Deflated> {

    private static final Deflated END = Deflated.stored(new byte[] {'\n', '\n'});

    private final Iterator<Deflated> data;
    private Deflated head;
    private Deflated end = END;

    /** @param head everything before the data */
    DeflatedEvent(byte[] head, Iterator<Deflated> data) {
        this.head = Deflated.stored(head);
        this.data = data;
    }

    @Override
    public boolean hasNext() {
        return end != null;
    }

    @Override
    public Deflated next() {
        Deflated next = head;
        if (next != null) {
            head = null;
        } else if (data.hasNext()) {
            next = data.next();
        } else if (end != null) {
            next = end;
            end = null;
        } else {
            throw new NoSuchElementException();
        }
        return next;
    }
}

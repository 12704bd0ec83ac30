package org.livespan.change;

import java.time.Instant;
import java.util.Optional;

/** A barrier that the test controls: awaiting it delivers every change committed so far. */
public final class FakeBarrier extends ListenBarrier {

    private final Runnable hearAll;
    private Instant lostSince;
    private boolean deaf;
    private int markers;
    private int openMarkers;

    /** @param hearAll fires every change committed so far */
    public FakeBarrier(Runnable hearAll) {
        this.hearAll = hearAll;
    }

    /** The listener is known to be disconnected. */
    public void lose() {
        lostSince = Instant.now();
    }

    /** The listener is connected. */
    public void connect() {
        lostSince = null;
        deaf = false;
    }

    /** The session is dead, which has not been detected yet: no marker comes back. */
    public void goDeaf() {
        deaf = true;
    }

    @Override
    public boolean isListening() {
        return lostSince == null;
    }

    @Override
    public Optional<Instant> lostSince() {
        return Optional.ofNullable(lostSince);
    }

    /** How many there ever were. */
    public int markers() {
        return markers;
    }

    /** How many have not been closed. */
    public int openMarkers() {
        return openMarkers;
    }

    /** One that delivers every change committed until it is sent. */
    @Override
    public Marker marker() {
        if (!isListening()) {
            throw new ListenerLostException("nobody listens", null);
        }
        markers++;
        openMarkers++;
        return new Marker(this, null) {

            private boolean sent;

            @Override
            public void send() {
                if (!sent) {
                    sent = true;
                    hearAll.run();
                }
            }

            @Override
            public void await() {
                if (!isListening() || deaf) {
                    throw new ListenerLostException("no marker comes back", null);
                }
            }

            @Override
            public void close() {
                forget(text());
                openMarkers--;
            }
        };
    }
}

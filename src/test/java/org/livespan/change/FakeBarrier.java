package org.livespan.change;

import java.time.Instant;
import java.util.Optional;

/** A barrier in the test's hand: waiting until all was heard is making it heard. */
public final class FakeBarrier extends ListenBarrier {

    private final Runnable hearAll;
    private Instant lostSince;
    private boolean deaf;

    /** @param hearAll fires every change that was committed until now */
    public FakeBarrier(Runnable hearAll) {
        this.hearAll = hearAll;
    }

    /** It is known that nobody listens. */
    public void lose() {
        lostSince = Instant.now();
    }

    /** Somebody listens. */
    public void connect() {
        lostSince = null;
        deaf = false;
    }

    /** The session is dead and nobody has noticed yet: no marker comes back. */
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

    @Override
    public void await() {
        hearAll.run();
        if (!isListening() || deaf) {
            throw new ListenerLostException("no marker comes back", null);
        }
    }
}

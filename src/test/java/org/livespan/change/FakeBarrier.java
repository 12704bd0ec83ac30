package org.livespan.change;

/** A barrier in the test's hand: waiting until all was heard is making it heard. */
public final class FakeBarrier extends ListenBarrier {

    private final Runnable hearAll;
    private boolean listening = true;
    private boolean deaf;

    /** @param hearAll fires every change that was committed until now */
    public FakeBarrier(Runnable hearAll) {
        this.hearAll = hearAll;
    }

    /** It is known that nobody listens. */
    public void lose() {
        listening = false;
    }

    /** Somebody listens. */
    public void connect() {
        listening = true;
        deaf = false;
    }

    /** The session is dead and nobody has noticed yet: no marker comes back. */
    public void goDeaf() {
        deaf = true;
    }

    @Override
    public boolean isListening() {
        return listening;
    }

    @Override
    public void await() {
        hearAll.run();
        if (!listening || deaf) {
            throw new ListenerLostException("no marker comes back", null);
        }
    }
}

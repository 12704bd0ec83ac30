package org.livespan.stream;

/** The backlog of a client that receives whole results: only the newest. */
final class NewestResult implements Backlog {

    private WindowState newest;
    private long version = Long.MIN_VALUE;
    private String digestShown;

    /** @param digestShown the digest of the result that the client has, or null */
    NewestResult(String digestShown) {
        this.digestShown = digestShown;
    }

    @Override
    public void begin(WindowState present) {
        offer(present);
    }

    /** A result that comes late, because another thread was faster, is dropped. */
    @Override
    public void offer(WindowState update) {
        if (update.version() >= version) {
            version = update.version();
            newest = update;
        }
    }

    @Override
    public boolean isEmpty() {
        return newest == null;
    }

    @Override
    public StreamEvent take() {
        WindowState next = newest;
        newest = null;
        if (next == null || next.digest().equals(digestShown)) {
            return null;
        }
        digestShown = next.digest();
        return next.result();
    }
}

package org.livespan.feed;

/** The database did not give a feed's rows; the cause says why. */
public final class FeedUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FeedUnavailableException(String feed, Throwable cause) {
        super("The rows of feed " + feed + " cannot be read: " + firstLine(root(cause)), cause);
    }

    /** PostgreSQL puts hints and positions on lines of their own. */
    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}

package org.livespan.feed;

/** What looks whether feeds' tables are as they were, as SQL with one parameter, and that parameter for one table. */
public final class FingerprintStatement {

    public static final String SQL = FeedFingerprints.FINGERPRINTS.replace("?1", "?");

    private FingerprintStatement() {}

    /** @param table in the schema public; its feed is called as it is */
    public static String root(String table) {
        return "{\"feed\":\"" + table + "\",\"schema\":\"public\",\"name\":\"" + table + "\"}";
    }
}

package org.livespan.monitor;

/** The statement that takes the fingerprints of feeds, with one parameter, and the value of this parameter for one table. */
public final class FingerprintStatement {

    public static final String SQL = FeedFingerprints.FINGERPRINTS.replace("?1", "?");

    private FingerprintStatement() {}

    /** @param table in the schema public; its feed has the same name */
    public static String root(String table) {
        return "{\"feed\":\"" + table + "\",\"schema\":\"public\",\"name\":\"" + table + "\"}";
    }
}

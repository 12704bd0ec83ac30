package org.livespan.appserver;

import java.nio.file.Path;
import java.util.Locale;

/** The servers that Livespan runs on. */
public enum Product {
    PAYARA_MICRO(new PayaraMicro()),
    PAYARA_SERVER(new PayaraServer()),
    WILDFLY(new WildFly()),
    LIBERTY(new Liberty());

    private static final String CHOICE = "livespan.test.server";

    private final AppServer server;

    Product(AppServer server) {
        this.server = server;
    }

    /** The one that the Maven profile names, such as {@code wildfly}; otherwise Payara Micro. */
    public static Product ofThisRun() {
        String name = System.getProperty(CHOICE, PAYARA_MICRO.toString());
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** A server with the WAR and a heap of 512 MB, whose files go into that directory. */
    public ServerSetup in(Path directory, int port) {
        return ServerSetup.of(this, directory, port);
    }

    AppServer server() {
        return server;
    }

    /** Its name in the Maven profiles and in {@code server-config}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

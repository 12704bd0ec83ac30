package org.livespan.appserver;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/** What is different from server to server, for those who start it and look at it from without. */
interface AppServer {

    /** Sets it up in its directory as an administrator does, from a fresh download to what is about to be started. */
    void prepare(ServerSetup setup) throws IOException;

    /** Runs it in the foreground. */
    Launch launch(ServerSetup setup) throws IOException;

    /** Starts it without the WAR. */
    Redeployment startEmpty(ServerSetup setup) throws IOException;

    /** Where it answers for its health. */
    default int healthPort(ServerSetup setup) {
        return setup.port();
    }

    /** How long it may take to end when it is asked to, though clients are there that never read. */
    default Duration stopLimit() {
        return Duration.ofSeconds(10);
    }

    /**
     * Of how many applications that are gone the class loader may still be held by the server itself: by a timer that has an
     * earlier pool's task on its stack until it runs another.
     */
    default int held() {
        return 1;
    }

    /** What is in a line of its log that is of the level of a warning or above. */
    Pattern warning();

    /** Whether the data source, its pool and its driver, are the server's and so outlive the application. */
    boolean hasDataSource();
}

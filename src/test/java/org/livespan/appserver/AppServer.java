package org.livespan.appserver;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What differs between the servers, for code that starts them and observes them from outside. */
interface AppServer {

    /** Sets it up in its directory as an administrator does, from a fresh download until it can be started. */
    void prepare(ServerSetup setup) throws IOException;

    /** Lets these users log in to the application, as {@code docs/login.md} says, after it was set up. */
    void addUsers(ServerSetup setup, List<User> users) throws IOException;

    /** The command that runs it in the foreground. */
    Launch launch(ServerSetup setup) throws IOException;

    /** Starts it without the WAR. */
    Redeployment startEmpty(ServerSetup setup) throws IOException;

    /** The port of its health checks. */
    default int healthPort(ServerSetup setup) {
        return setup.port();
    }

    /** How long it may take to stop while it has clients that never read. */
    default Duration stopLimit() {
        return Duration.ofSeconds(10);
    }

    /**
     * How many class loaders of undeployed applications the server itself may still hold: a timer has a task of an earlier
     * pool on its stack until it runs another.
     */
    default int held() {
        return 1;
    }

    /** Finds the lines of its log that have the level of a warning or above. */
    Pattern warning();

    /** Whether the data source, with its pool and driver, belongs to the server and so outlives the application. */
    boolean hasDataSource();
}

package org.livespan.security;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * Declares the roles of the feeds, as some servers answer {@code isUserInRole} for declared roles only. {@code web.xml} cannot,
 * because they are in the configuration.
 */
public class DeclaredRoles implements ServletContextListener {

    @Inject
    FeedAccess access;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().declareRoles(access.roles().toArray(String[]::new));
    }
}

package org.livespan.stream;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything over HTTP but the page lies under {@code api}. */
@ApplicationPath("api")
public class ApiApplication extends Application {}

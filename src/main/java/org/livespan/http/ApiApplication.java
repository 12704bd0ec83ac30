package org.livespan.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The JAX-RS application, under {@code api}. */
@ApplicationPath("api")
public class ApiApplication extends Application {

    /** Jersey would describe the addresses in WADL, with its version; other implementations do not know the property. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}

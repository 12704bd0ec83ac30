package org.livespan.stream;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** Everything over HTTP but the page lies under {@code api}. */
@ApplicationPath("api")
public class ApiApplication extends Application {

    /** Jersey would describe the addresses in its own way, with its version; other implementations do not know the property. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}

package org.livespan.bench;

import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** An application that does nothing, to be measured beside Livespan on the same server. */
final class BareWar {

    /** A path that answers when the application does. */
    static final String READY = "/bare/ready.txt";

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <servlet>
                <servlet-name>streams</servlet-name>
                <servlet-class>org.livespan.bench.BareStreams</servlet-class>
                <load-on-startup>1</load-on-startup>
                <async-supported>true</async-supported>
              </servlet>
              <servlet-mapping>
                <servlet-name>streams</servlet-name>
                <url-pattern>/servlet</url-pattern>
              </servlet-mapping>
            </web-app>
            """;

    private BareWar() {}

    static Path in(Path directory) {
        Path file = directory.resolve("bare.war");
        ShrinkWrap.create(WebArchive.class)
                .addClasses(BareStreams.class, BareResource.class, BareResource.Publication.class)
                .setWebXML(new StringAsset(WEB_XML))
                .addAsWebResource(new StringAsset("ready"), "ready.txt")
                .as(ZipExporter.class)
                .exportTo(file.toFile(), true);
        return file;
    }
}

package org.livespan.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;

/**
 * The server that Arquillian deploys to: the one of this run, set up and started as for all other tests, with
 * Arquillian's WAR. So the tests inside the server run on what {@code server-config} sets up, whereas each vendor's
 * connector starts its server in its own way.
 */
public final class ArquillianServer implements DeployableContainer<ArquillianServer.Configuration> {

    private static final String CONTEXT = "livespan";

    private ServerProcess server;

    /** There is nothing to configure. */
    public static final class Configuration implements ContainerConfiguration {
        @Override
        public void validate() {
            // Nothing can be wrong
        }
    }

    /** Registers this container with Arquillian. */
    public static final class Extension implements LoadableExtension {
        @Override
        public void register(ExtensionBuilder builder) {
            builder.service(DeployableContainer.class, ArquillianServer.class);
        }
    }

    @Override
    public Class<Configuration> getConfigurationClass() {
        return Configuration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 5.0");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        try {
            var setup = TestServer.prepare(
                    "arquillian", TestDatabase.get(), "livespan.demo=true", "livespan.demo.interval=PT0S");
            Path war = Files.createDirectories(setup.directory().resolve("war")).resolve("livespan.war");
            archive.as(ZipExporter.class).exportTo(war.toFile());
            server = TestServer.start(setup.war(war));
        } catch (IOException e) {
            throw new DeploymentException("The server could not be started", e);
        }
        var context = new HTTPContext("localhost", server.port());
        context.add(new Servlet("ArquillianServletRunnerEE9", CONTEXT));
        return new ProtocolMetaData().addContext(context);
    }

    @Override
    public void undeploy(Archive<?> archive) {
        server.close();
    }
}

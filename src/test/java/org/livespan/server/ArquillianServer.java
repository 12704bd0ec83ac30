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
import org.livespan.database.TestDatabase;

/**
 * Where Arquillian deploys: the server of this run, set up and started as for all other tests, with Arquillian's WAR. So
 * what is tested from within is what {@code server-config} makes too, whereas the vendors' connectors start their servers
 * each in a way of their own.
 */
public final class ArquillianServer implements DeployableContainer<ArquillianServer.Configuration> {

    private static final String CONTEXT = "livespan";

    private ServerProcess server;

    /** Nothing is to be configured. */
    public static final class Configuration implements ContainerConfiguration {
        @Override
        public void validate() {
            // There is nothing that could be wrong
        }
    }

    /** Tells Arquillian. */
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

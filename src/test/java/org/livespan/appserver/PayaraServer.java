package org.livespan.appserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Payara Server: a domain of its own, started with the same pre-boot file as Payara Micro. */
final class PayaraServer implements AppServer {

    private static final String DOMAIN = "domain1";
    private static final String HEAP = "<jvm-options>-Xmx512m</jvm-options>";

    /** Each gets a port of its own; the server listens on few of them. */
    private static final List<String> PORTS = List.of(
            "http.ssl.port",
            "domain.jmxPort",
            "jms.port",
            "orb.listener.port",
            "orb.ssl.port",
            "orb.mutualauth.port",
            "osgi.shell.telnet.port",
            "java.debugger.port");

    @Override
    public void prepare(ServerSetup setup) throws IOException {
        asadmin(
                        setup,
                        "create-domain",
                        "--nopassword",
                        "--domaindir",
                        domains(setup).toString(),
                        "--instanceport",
                        String.valueOf(setup.port()),
                        "--adminport",
                        String.valueOf(setup.port(PORTS.size() + 1)),
                        "--domainproperties",
                        ports(setup),
                        DOMAIN)
                .run(setup.directory().resolve("create.log"));
        Path configuration = domain(setup).resolve("config/domain.xml");
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replace(
                                HEAP,
                                "<jvm-options>-Xmx" + setup.heap() + "</jvm-options><jvm-options>-Djava.io.tmpdir="
                                        + setup.scratch() + "</jvm-options>"));
        Files.copy(setup.war(), Files.createDirectories(watched(setup)).resolve(ServerSetup.WAR));
    }

    private static String ports(ServerSetup setup) {
        var ports = new ArrayList<String>();
        for (String name : PORTS) {
            ports.add(name + "=" + setup.port(ports.size() + 1));
        }
        return String.join(":", ports);
    }

    @Override
    public void addUsers(ServerSetup setup, List<User> users) throws IOException {
        PayaraUsers.write(setup.directory(), users);
    }

    @Override
    public Launch launch(ServerSetup setup) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "start-domain",
                "--verbose",
                "--domaindir",
                domains(setup).toString(),
                "--prebootcommandfile",
                Built.config(Product.PAYARA_MICRO, "pre-boot.asadmin").toString()));
        arguments.addAll(PayaraUsers.options(setup.directory()));
        arguments.add(DOMAIN);
        return asadmin(setup, arguments);
    }

    private static Launch asadmin(ServerSetup setup, String... arguments) throws IOException {
        return asadmin(setup, List.of(arguments));
    }

    private static Launch asadmin(ServerSetup setup, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Built.installation(setup.product()).resolve("bin/asadmin").toString());
        command.addAll(arguments);
        return new Launch(command, Map.of("AS_JAVA", System.getProperty("java.home")));
    }

    @Override
    public Redeployment startEmpty(ServerSetup setup) throws IOException {
        return DroppedRedeployment.start(setup, watched(setup));
    }

    private static Path domains(ServerSetup setup) {
        return setup.directory().resolve("domains");
    }

    private static Path domain(ServerSetup setup) {
        return domains(setup).resolve(DOMAIN);
    }

    private static Path watched(ServerSetup setup) {
        return domain(setup).resolve("autodeploy");
    }

    @Override
    public Pattern warning() {
        return Pattern.compile("WARNING|SEVERE");
    }

    @Override
    public boolean hasDataSource() {
        return false;
    }
}

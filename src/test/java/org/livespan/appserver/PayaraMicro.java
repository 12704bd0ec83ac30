package org.livespan.appserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Payara Micro: one jar, and the pre-boot file with commands that it runs before it starts. */
final class PayaraMicro implements AppServer {

    private static final String PRE_BOOT = "pre-boot.asadmin";

    @Override
    public void prepare(ServerSetup setup) throws IOException {
        Files.copy(
                Built.config(setup.product(), PRE_BOOT),
                setup.directory().resolve(PRE_BOOT),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void addUsers(ServerSetup setup, List<User> users) throws IOException {
        PayaraUsers.write(setup.directory(), users);
    }

    @Override
    public Launch launch(ServerSetup setup) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "-jar",
                Built.payaraMicro().toString(),
                "--prebootcommandfile",
                setup.directory().resolve(PRE_BOOT).toString(),
                "--deploy",
                setup.war().toString(),
                "--contextRoot",
                setup.contextPath(),
                "--noCluster",
                "--port",
                String.valueOf(setup.port())));
        arguments.addAll(PayaraUsers.options(setup.directory()));
        return java(setup, arguments);
    }

    @Override
    public Redeployment startEmpty(ServerSetup setup) throws IOException {
        var jar = DeployerJar.write(setup.directory(), Built.payaraMicro());
        var arguments = List.of(
                "-jar",
                jar.toString(),
                String.valueOf(setup.port()),
                setup.war().toString());
        return new SteeredRedeployment(setup.launch(java(setup, arguments)));
    }

    private static Launch java(ServerSetup setup, List<String> arguments) throws IOException {
        var command =
                new ArrayList<>(List.of(Launch.java(), "-Xmx" + setup.heap(), "-Djava.io.tmpdir=" + setup.scratch()));
        command.addAll(arguments);
        return new Launch(command, Map.of());
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

package org.livespan.appserver;

import fish.payara.micro.PayaraMicro;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

/** The main class of a Payara Micro that takes commands from its standard input. Uses no other class of the tests. */
final class Deployer {

    static final String APPLICATION = "livespan";
    static final String DEPLOY = "deploy";
    static final String UNDEPLOY = "undeploy";
    static final String DONE = "Deployer: done ";

    private Deployer() {}

    /** @param arguments the port, and the WAR */
    public static void main(String[] arguments) throws Exception {
        var server = PayaraMicro.getInstance()
                .setNoCluster(true)
                .setHttpPort(Integer.parseInt(arguments[0]))
                .bootStrap();
        var war = new File(arguments[1]);
        var lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        int done = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(DEPLOY)) {
                server.deploy(APPLICATION, APPLICATION, war);
            } else {
                server.undeploy(APPLICATION);
            }
            done++;
            System.out.println(DONE + done);
        }
    }
}

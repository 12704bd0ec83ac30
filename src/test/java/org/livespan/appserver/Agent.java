package org.livespan.appserver;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Loads a class of the tests into a server's JVM. */
final class Agent {

    private Agent() {}

    /** Returns when its {@code agentmain} has returned. */
    static void load(Class<?> agent, ServerProcess server) throws IOException {
        try {
            var machine = VirtualMachine.attach(String.valueOf(server.pid()));
            machine.loadAgent(jar(agent, server.setup().directory()).toString());
            machine.detach();
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException("The server's JVM takes no agent", e);
        }
    }

    private static Path jar(Class<?> agent, Path directory) throws IOException {
        Path jar = directory.resolve("agent.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Name("Agent-Class"), agent.getName());
        String entry = agent.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var bytes = agent.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            bytes.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }
}

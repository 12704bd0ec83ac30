package org.livespan.appserver;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Uses up the memory of a server's JVM from within, as its agent. */
public final class MemoryEater {

    private static final int PIECE = 1 << 20;

    private MemoryEater() {}

    /** Returns when it has begun. */
    static void load(ServerProcess server) throws IOException {
        try {
            var machine = VirtualMachine.attach(String.valueOf(server.pid()));
            machine.loadAgent(jar(server.setup().directory()).toString());
            machine.detach();
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException("The server's JVM takes no agent", e);
        }
    }

    /** What the JVM calls there. */
    public static void agentmain(String arguments) {
        new Thread(MemoryEater::eat, "memory-eater").start();
    }

    private static void eat() {
        var held = new ArrayDeque<byte[]>();
        while (!Thread.currentThread().isInterrupted()) {
            held.add(new byte[PIECE]);
        }
    }

    private static Path jar(Path directory) throws IOException {
        Path jar = directory.resolve("memory-eater.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Name("Agent-Class"), MemoryEater.class.getName());
        String entry = MemoryEater.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var bytes = MemoryEater.class.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            bytes.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }
}

package org.livespan.appserver;

import java.util.ArrayDeque;

/** Uses up the memory of the JVM that {@link Agent} loads it into; uses no other class of the tests. */
public final class MemoryEater {

    private static final int PIECE = 1 << 20;

    private MemoryEater() {}

    /** Called by that JVM. */
    public static void agentmain(String arguments) {
        new Thread(MemoryEater::eat, "memory-eater").start();
    }

    private static void eat() {
        var held = new ArrayDeque<byte[]>();
        while (!Thread.currentThread().isInterrupted()) {
            held.add(new byte[PIECE]);
        }
    }
}

package org.livespan.appserver;

import java.util.ArrayDeque;

/** Uses up the memory of the JVM that it is an {@link Agent} of; knows no other class of the tests. */
public final class MemoryEater {

    private static final int PIECE = 1 << 20;

    private MemoryEater() {}

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
}

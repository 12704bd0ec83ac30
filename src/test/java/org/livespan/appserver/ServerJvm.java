package org.livespan.appserver;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A server's JVM, seen through JMX. */
public final class ServerJvm implements AutoCloseable {

    private static final String DIAGNOSTICS = "com.sun.management:type=DiagnosticCommand";

    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    private ServerJvm(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
    }

    public static ServerJvm of(long pid) throws IOException {
        try {
            var machine = VirtualMachine.attach(String.valueOf(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            return new ServerJvm(JMXConnectorFactory.connect(new JMXServiceURL(address)));
        } catch (AttachNotSupportedException e) {
            throw new IOException("The server's JVM lets nobody look at it", e);
        }
    }

    /** The names of its current threads. */
    public List<String> threads() throws IOException {
        var threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .map(ThreadInfo::getThreadName)
                .toList();
    }

    /** What its main thread, and those in Livespan's code, are doing. */
    String stacks() throws IOException {
        var dump = (String) invoke(
                DIAGNOSTICS, "threadPrint", new Object[] {new String[0]}, new String[] {String[].class.getName()});
        return Stream.of(dump.split("\n\n"))
                .filter(thread -> thread.startsWith("\"main\"") || thread.contains("org.livespan"))
                .collect(Collectors.joining("\n\n"));
    }

    /** How many class loaders hold a class of this name after a garbage collection. */
    public long copies(String className) throws IOException {
        diagnose("gcRun");
        return diagnose("vmClassHierarchy", className)
                .lines()
                .filter(line -> line.contains(className + "/"))
                .count();
    }

    /** How much of the heap is in use after a garbage collection, in bytes. */
    public long heap() throws IOException {
        diagnose("gcRun");
        return ManagementFactory.newPlatformMXBeanProxy(beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class)
                .getHeapMemoryUsage()
                .getUsed();
    }

    /** Runs a diagnostic command without arguments, by its name in JMX: {@code jcmd}'s {@code GC.run} is {@code gcRun}. */
    private String diagnose(String command) throws IOException {
        return (String) invoke(DIAGNOSTICS, command);
    }

    private String diagnose(String command, String argument) throws IOException {
        var signature = new String[] {String[].class.getName()};
        return (String) invoke(DIAGNOSTICS, command, new Object[] {new String[] {argument}}, signature);
    }

    /** Invokes an operation without parameters on the bean of this name. */
    Object invoke(String bean, String operation) throws IOException {
        return invoke(bean, operation, new Object[0], new String[0]);
    }

    private Object invoke(String bean, String operation, Object[] arguments, String[] signature) throws IOException {
        try {
            return beans.invoke(new ObjectName(bean), operation, arguments, signature);
        } catch (JMException e) {
            throw new IllegalStateException("The server's JVM cannot " + operation + " " + bean, e);
        }
    }

    /** A figure of Livespan's streams, such as {@code Open}. */
    public long streams(String figure) throws IOException {
        return (long) figure("Streams", figure);
    }

    /** A figure of Livespan's audit, such as {@code AgeSeconds}. */
    public double audit(String figure) throws IOException {
        return ((Number) figure("Audit", figure)).doubleValue();
    }

    private Object figure(String type, String figure) throws IOException {
        try {
            return beans.getAttribute(
                    new ObjectName("org.livespan:type=" + type + ",application=\"livespan\""), figure);
        } catch (JMException e) {
            throw new IllegalStateException("There is no figure " + figure, e);
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}

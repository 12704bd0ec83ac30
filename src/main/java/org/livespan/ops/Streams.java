package org.livespan.ops;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.management.ManagementFactory;
import java.util.function.ToLongFunction;
import javax.management.JMException;
import javax.management.ObjectName;
import org.livespan.stream.StreamCounts;

/** The figures, under {@code org.livespan:type=Streams,application="livespan"} with the name this application has here. */
@ApplicationScoped
public class Streams implements StreamsMXBean {

    private static final Logger LOG = System.getLogger(Streams.class.getName());

    @Inject
    StreamCounts counts;

    @Resource(lookup = "java:app/AppName")
    String application;

    private ObjectName name;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        try {
            var wanted = new ObjectName("org.livespan:type=Streams,application=" + ObjectName.quote(application));
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, wanted);
            name = wanted;
        } catch (JMException e) {
            LOG.log(WARNING, "The streams cannot be watched through JMX: {0}", e);
        }
    }

    @PreDestroy
    void stop() {
        if (name == null) {
            return;
        }
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException e) {
            LOG.log(WARNING, "The figures of the streams were taken from JMX by somebody else: {0}", e);
        }
    }

    @Override
    public long getOpen() {
        return figure(StreamCounts::open);
    }

    @Override
    public long getOpened() {
        return figure(StreamCounts::opened);
    }

    @Override
    public long getClosed() {
        return figure(StreamCounts::closed);
    }

    @Override
    public long getExpired() {
        return figure(StreamCounts::expired);
    }

    @Override
    public long getLost() {
        return figure(StreamCounts::lost);
    }

    @Override
    public long getStuck() {
        return figure(StreamCounts::stuck);
    }

    /** Who asks through JMX knows nothing of this application, by whose class loader a server finds its beans. */
    private long figure(ToLongFunction<StreamCounts> which) {
        Thread asking = Thread.currentThread();
        ClassLoader former = asking.getContextClassLoader();
        asking.setContextClassLoader(Streams.class.getClassLoader());
        try {
            return which.applyAsLong(counts);
        } finally {
            asking.setContextClassLoader(former);
        }
    }
}

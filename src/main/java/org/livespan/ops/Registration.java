package org.livespan.ops;

import static java.lang.System.Logger.Level.WARNING;

import java.lang.System.Logger;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;

/** An MBean under {@code org.livespan:type=TYPE,application="NAME"}, until it is closed. */
final class Registration implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Registration.class.getName());

    private final ObjectName name;

    private Registration(ObjectName name) {
        this.name = name;
    }

    /** If it cannot be registered, this is logged, and its figures are not available. */
    static Registration of(Object bean, String type, String application) {
        try {
            var name = new ObjectName("org.livespan:type=" + type + ",application=" + ObjectName.quote(application));
            ManagementFactory.getPlatformMBeanServer().registerMBean(bean, name);
            return new Registration(name);
        } catch (JMException e) {
            LOG.log(WARNING, "The MBean of type {0} could not be registered: {1}", type, e);
            return new Registration(null);
        }
    }

    /** JMX calls come without the application's class loader, by which a server finds its beans. */
    static <T> T asApplication(Supplier<T> figure) {
        Thread asking = Thread.currentThread();
        ClassLoader former = asking.getContextClassLoader();
        asking.setContextClassLoader(Registration.class.getClassLoader());
        try {
            return figure.get();
        } finally {
            asking.setContextClassLoader(former);
        }
    }

    @Override
    public void close() {
        if (name == null) {
            return;
        }
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException e) {
            LOG.log(WARNING, "MBean {0} was already unregistered: {1}", name, e);
        }
    }
}

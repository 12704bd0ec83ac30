package org.livespan.ops;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.ToLongFunction;
import org.livespan.stream.StreamCounts;

/** The figures, as {@code org.livespan:type=Streams,application="livespan"}, with the name of the deployed application. */
@ApplicationScoped
public class Streams implements StreamsMXBean {

    @Inject
    StreamCounts counts;

    @Resource(lookup = "java:app/AppName")
    String application;

    private Registration registration;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        registration = Registration.of(this, "Streams", application);
    }

    @PreDestroy
    void stop() {
        if (registration != null) {
            registration.close();
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

    @Override
    public long getUnread() {
        return figure(StreamCounts::unread);
    }

    private long figure(ToLongFunction<StreamCounts> which) {
        return Registration.asApplication(() -> which.applyAsLong(counts));
    }
}

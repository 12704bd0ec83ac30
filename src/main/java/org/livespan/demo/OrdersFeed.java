package org.livespan.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.feed.EntityFeed;

/** The sample feed. */
@ApplicationScoped
public class OrdersFeed extends EntityFeed<Order> {

    @Inject
    @ConfigProperty(name = "livespan.demo", defaultValue = "false")
    boolean demo;

    public OrdersFeed() {
        super("orders", Order.class, "createdAt");
    }

    @Override
    public boolean enabled() {
        return demo;
    }
}

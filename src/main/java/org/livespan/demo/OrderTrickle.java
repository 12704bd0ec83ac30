package org.livespan.demo;

import static java.lang.System.Logger.Level.DEBUG;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.lang.System.Logger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.feed.Database;

/** Places an order every few seconds, and moves earlier ones along. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class OrderTrickle {

    private static final Logger LOG = System.getLogger(OrderTrickle.class.getName());

    private static final List<String> CUSTOMERS = List.of("Ada", "Barbara", "Edsger", "Grace", "Katherine", "Niklaus");
    private static final List<String> STATUSES = List.of("new", "paid", "shipped");
    private static final int CENTS = 50_000;

    @Resource
    TimerService timers;

    @Inject
    Database database;

    @Inject
    @ConfigProperty(name = "livespan.demo", defaultValue = "false")
    boolean demo;

    @Inject
    @ConfigProperty(name = "livespan.demo.interval", defaultValue = "PT3S")
    Duration interval;

    @PostConstruct
    void start() {
        if (demo && !interval.isZero()) {
            timers.createIntervalTimer(interval.toMillis(), interval.toMillis(), new TimerConfig(null, false));
        }
    }

    @Timeout
    void order() {
        try {
            database.write(OrderTrickle::order);
        } catch (PersistenceException e) {
            LOG.log(DEBUG, "The demo could not insert an order: {0}", e);
        }
    }

    private static void order(EntityManager entities) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
        var random = ThreadLocalRandom.current();
        var order = new Order(
                CUSTOMERS.get(random.nextInt(CUSTOMERS.size())), BigDecimal.valueOf(1 + random.nextInt(CENTS), 2), now);
        entities.persist(order);
        entities.createQuery("select o from Order o where o.status in :open order by o.createdAt", Order.class)
                .setParameter("open", STATUSES.subList(0, STATUSES.size() - 1))
                .setMaxResults(1)
                .getResultList()
                .forEach(oldest -> oldest.moveTo(next(oldest.getStatus()), now));
    }

    private static String next(String status) {
        return STATUSES.get(STATUSES.indexOf(status) + 1);
    }
}

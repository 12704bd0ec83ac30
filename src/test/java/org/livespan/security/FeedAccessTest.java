package org.livespan.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.ws.rs.ForbiddenException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.livespan.feed.Feed;
import org.livespan.feed.Filter;
import org.livespan.feed.ListedFeeds;

/** Which callers may see which feeds. */
class FeedAccessTest {

    private static final Caller SALES = new TokenCaller(Map.of("groups", List.of("sales")), "groups", Instant.MAX);
    private static final Caller NO_ROLES = new TokenCaller(Map.of(), "groups", Instant.MAX);

    private final Map<String, String> settings = new HashMap<>(Map.of("livespan.security", "jwt"));

    private FeedAccess access() {
        var access = new FeedAccess();
        access.settings = new GivenSettings() {
            @Override
            Optional<String> text(String name) {
                return Optional.ofNullable(settings.get(name));
            }
        };
        access.feeds = new ListedFeeds(feed("orders"), feed("all"));
        access.start();
        access.settle(this);
        return access;
    }

    private static Feed feed(String name) {
        return (Feed) Proxy.newProxyInstance(
                Feed.class.getClassLoader(), new Class<?>[] {Feed.class}, (proxy, method, arguments) -> name);
    }

    private static boolean isOpen(FeedAccess access, Caller caller, String name) {
        boolean isListed = access.isOpenTo(caller, feed(name));
        if (isListed) {
            assertThatCode(() -> access.require(caller, name)).doesNotThrowAnyException();
        } else {
            assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> access.require(caller, name));
        }
        return isListed;
    }

    @Test
    void a_feed_without_roles_is_open_to_every_caller_and_one_with_roles_to_who_has_one_of_them() {
        settings.put("livespan.feeds.orders.roles", "admin , sales");
        FeedAccess access = access();
        assertThat(isOpen(access, SALES, "orders")).isTrue();
        assertThat(isOpen(access, NO_ROLES, "orders")).isFalse();
        assertThat(isOpen(access, NO_ROLES, "all")).isTrue();
        assertThat(isOpen(access, NO_ROLES, "none"))
                .as("whether it exists is not said here")
                .isTrue();
    }

    @Test
    void roles_that_are_set_to_nothing_close_the_feed() {
        var blank = new TokenCaller(Map.of("groups", List.of("", " ")), "groups", Instant.MAX);
        for (String nothing : List.of("", " ", " , ")) {
            settings.put("livespan.feeds.orders.roles", nothing);
            assertThat(isOpen(access(), blank, "orders")).isFalse();
        }
    }

    @Test
    void a_feed_with_roles_is_closed_if_callers_are_not_authenticated() {
        settings.put("livespan.feeds.orders.roles", "sales");
        settings.put("livespan.security", "none");
        FeedAccess access = access();
        assertThat(isOpen(access, Caller.ANYBODY, "orders")).isFalse();
        assertThat(isOpen(access, Caller.ANYBODY, "all")).isTrue();
    }

    @Test
    void a_feed_whose_rows_are_bound_to_claims_is_open_to_callers_who_have_them_all() {
        settings.put("livespan.feeds.orders.where", "customer=claim:tenant,status=claim:org/status");
        FeedAccess access = access();
        var both = new TokenCaller(
                Map.of("tenant", "Ada", "org", Map.of("status", List.of("new", 1))), "groups", Instant.MAX);
        assertThat(isOpen(access, both, "orders")).isTrue();
        assertThat(access.require(both, "orders"))
                .containsExactly(Filter.of("customer", List.of("Ada")), Filter.of("status", List.of("new", "1")));
        assertThat(access.require(both, "all")).isEmpty();
        var one = new TokenCaller(Map.of("tenant", "Ada"), "groups", Instant.MAX);
        assertThat(isOpen(access, one, "orders")).isFalse();
        assertThat(isOpen(access, SALES, "orders")).isFalse();
    }

    @Test
    void a_binding_that_cannot_be_kept_closes_the_feed() {
        for (String wrong : List.of("", "customer", "customer=claim:")) {
            settings.put("livespan.feeds.orders.where", wrong);
            assertThat(isOpen(access(), SALES, "orders")).as(wrong).isFalse();
        }
        settings.put("livespan.feeds.orders.where", "customer=claim:sub");
        settings.put("livespan.security", "none");
        assertThat(isOpen(access(), Caller.ANYBODY, "orders")).isFalse();
    }

    @Test
    void with_the_servers_own_login_rows_can_be_bound_to_the_name_only() {
        settings.put("livespan.security", "container");
        var named = new TokenCaller(Map.of(ServerCaller.NAME, "Ada"), "groups", Instant.MAX);
        settings.put("livespan.feeds.orders.where", "customer=claim:name");
        assertThat(access().require(named, "orders")).containsExactly(Filter.of("customer", List.of("Ada")));
        settings.put("livespan.feeds.orders.where", "customer=claim:tenant");
        assertThat(isOpen(access(), named, "orders")).isFalse();
    }

    @Test
    void the_roles_of_all_feeds_are_declared_to_the_server() {
        settings.put("livespan.feeds.orders.roles", "admin, sales");
        settings.put("livespan.feeds.all.roles", "sales,guests");
        assertThat(access().roles()).containsExactlyInAnyOrder("admin", "sales", "guests");
    }
}

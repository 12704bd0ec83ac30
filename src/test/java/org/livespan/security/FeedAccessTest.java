package org.livespan.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.livespan.feed.Feed;
import org.livespan.feed.ListedFeeds;
import org.livespan.http.Problem;
import org.livespan.http.ProblemType;

/** Which callers may see which feeds. */
class FeedAccessTest {

    private static final Caller SALES = new TokenCaller(Map.of("groups", List.of("sales")), "groups", Instant.MAX);
    private static final Caller NO_ROLES = new TokenCaller(Map.of(), "groups", Instant.MAX);

    private final Map<String, String> settings = new HashMap<>();
    private SecurityMode mode = SecurityMode.JWT;

    private FeedAccess access() {
        var access = new FeedAccess();
        access.config = (Config) Proxy.newProxyInstance(
                Config.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, arguments) -> Optional.ofNullable(settings.get(arguments[0])));
        access.mode = mode;
        access.feeds = new ListedFeeds(feed("orders"), feed("all"));
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
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> access.require(caller, name))
                    .satisfies(refusal -> assertThat(refusal.type()).isEqualTo(ProblemType.FORBIDDEN));
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
    void roles_without_a_name_are_nobodys() {
        settings.put("livespan.feeds.orders.roles", " , ");
        var blank = new TokenCaller(Map.of("groups", List.of("", " ")), "groups", Instant.MAX);
        assertThat(isOpen(access(), blank, "orders")).isFalse();
    }

    @Test
    void a_feed_with_roles_is_closed_while_nobody_has_to_say_who_he_is() {
        settings.put("livespan.feeds.orders.roles", "sales");
        mode = SecurityMode.NONE;
        FeedAccess access = access();
        assertThat(isOpen(access, Caller.ANYBODY, "orders")).isFalse();
        assertThat(isOpen(access, Caller.ANYBODY, "all")).isTrue();
    }

    @Test
    void a_feed_whose_rows_are_to_be_bound_to_claims_is_closed_rather_than_open() {
        settings.put("livespan.feeds.orders.roles", "sales");
        settings.put("livespan.feeds.orders.where", "customer=claim:sub");
        assertThat(isOpen(access(), SALES, "orders")).isFalse();
    }
}

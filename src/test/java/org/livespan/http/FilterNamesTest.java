package org.livespan.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.feed.Feed;
import org.livespan.feed.ListedFeeds;

/** Filters whose names mean something else in a request stop the deployment. */
class FilterNamesTest {

    private static WindowRequests requests(String filter) {
        Feed feed = (Feed) Proxy.newProxyInstance(
                Feed.class.getClassLoader(),
                new Class<?>[] {Feed.class},
                (proxy, method, arguments) ->
                        method.getName().equals("filters") ? List.of("status", filter) : "orders");
        var requests = new WindowRequests();
        requests.feeds = new ListedFeeds(feed);
        return requests;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "startDate",
                "endDate",
                "zone",
                "mode",
                "positions",
                "timing",
                "lastEventId",
                "window",
                "_id",
                "status.is"
            })
    void a_name_that_is_taken_is_refused_with_the_setting(String name) {
        assertThatIllegalStateException()
                .isThrownBy(() -> requests(name).settle(this))
                .withMessageContaining("livespan.feeds.orders.filters names " + name);
    }

    @Test
    void others_are_not() {
        for (String name : List.of("startdate", "id", "a_b", "this", "is", "Window")) {
            assertThatCode(() -> requests(name).settle(this)).doesNotThrowAnyException();
        }
    }
}

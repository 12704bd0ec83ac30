package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.server.ProblemAssert.assertProblem;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;
import org.livespan.security.Issuer;

/** Who may look, where the server's login is asked for and the server has none. */
class ContainerLoginIT {

    @Test
    void without_a_login_every_request_for_feeds_is_refused() throws Exception {
        try (ServerProcess server = TestServer.start(
                "container", TestDatabase.get(), "livespan.demo=true", "livespan.security=container")) {
            for (String path : List.of("feeds", "feeds/orders", "feeds/orders/stream", "feeds/none")) {
                assertProblem(Http.get(server.api().resolve(path)), 401);
                assertProblem(
                        Http.get(
                                server.api().resolve(path),
                                "Authorization",
                                "Bearer " + Issuer.rsa("one").token("ada", "sales")),
                        401);
                assertThat(Http.get(server.api().resolve(path), "Authorization", "Basic YWRhOmFkYQ==")
                                .statusCode())
                        .isEqualTo(401);
            }
            assertThat(Http.get(server.context().resolve("index.html")).statusCode())
                    .isEqualTo(200);
        }
    }
}

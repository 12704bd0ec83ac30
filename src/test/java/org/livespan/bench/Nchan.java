package org.livespan.bench;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * nginx with its module nchan, which sends the message that was published last to all its clients; and what publishes there: a
 * program that listens and asks the database once for each change, like {@link BareLoop}. All clients get the window that it was
 * started with.
 */
final class Nchan {

    private static final List<Path> PLACES = Stream.of("/usr/lib/nginx/modules", "/usr/lib64/nginx/modules")
            .map(place -> Path.of(place, "ngx_nchan_module.so"))
            .toList();

    private static final String CONFIGURATION = """
            load_module %1$s;
            daemon off;
            master_process off;
            pid %2$s/nginx.pid;
            error_log %2$s/error.log;
            worker_rlimit_nofile 40000;
            events { worker_connections 30000; }
            http {
              access_log off;
              client_body_temp_path %2$s/body;
              client_max_body_size 10m;
              client_body_buffer_size 10m;
              server {
                listen 127.0.0.1:%3$d backlog=4096;
                location = /publish {
                  nchan_publisher;
                  nchan_channel_id window;
                  nchan_message_buffer_length 1;
                }
                location / {
                  nchan_subscriber eventsource;
                  nchan_channel_id window;
                  nchan_subscriber_first_message -1;
                }
              }
            }
            """;

    private static final long BETWEEN_TRIALS = 50;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Semaphore changes = new Semaphore(1);
    private final BareListener listener;
    private final URI publish;

    private Nchan(String url, String user, String password, String window, int port) {
        listener = new BareListener(url, user, password, window, UnaryOperator.identity(), changes::release);
        publish = URI.create("http://127.0.0.1:" + port + "/publish");
    }

    /** The module, if it is installed here. */
    static Optional<Path> module() {
        return PLACES.stream().filter(Files::exists).findFirst();
    }

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[3]);
        Path home = Files.createTempDirectory("nchan");
        Path configuration = home.resolve("nginx.conf");
        Files.writeString(configuration, CONFIGURATION.formatted(module().orElseThrow(), home, port));
        Process nginx = new ProcessBuilder("nginx", "-p", home.toString(), "-c", configuration.toString())
                .inheritIO()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(nginx::destroy));
        new Nchan(args[0], args[1], args[2], args[4], port).run();
    }

    private void run() throws IOException, InterruptedException {
        awaitNginx();
        listener.start();
        while (true) {
            changes.acquire();
            changes.drainPermits();
            publish(listener.newest().duplicate());
        }
    }

    private void awaitNginx() throws InterruptedException {
        while (true) {
            try {
                new Socket(publish.getHost(), publish.getPort()).close();
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIALS);
            }
        }
    }

    private void publish(ByteBuffer event) throws IOException, InterruptedException {
        byte[] body = new byte[event.remaining()];
        event.get(body);
        var request = HttpRequest.newBuilder(publish)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        int status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            throw new IOException("nchan answered " + status);
        }
    }
}

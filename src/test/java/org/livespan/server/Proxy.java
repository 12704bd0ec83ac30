package org.livespan.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.livespan.appserver.ServerProcess;
import org.livespan.database.FileTree;
import org.livespan.database.FreePort;
import org.livespan.tool.Tool;

/** A reverse proxy in front of a server, set up as in {@code server-config/proxies}. */
final class Proxy implements AutoCloseable {

    private static final Path SNIPPETS = Path.of("server-config", "proxies").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FIRST_PORT = 18_900;
    private static final int END_LIMIT_SECONDS = 10;

    private final Kind kind;
    private final Path program;
    private final Path directory;
    private final int port;
    private final ServerProcess server;
    private Process process;

    /** The configuration around the file of this name, and how the proxy is started. */
    enum Kind {
        NGINX("nginx") {
            @Override
            String configuration(Path directory, int port, String node) {
                return """
                        daemon off;
                        pid %1$s/nginx.pid;
                        error_log stderr;
                        events {}
                        http {
                            access_log off;
                            client_body_temp_path %1$s;
                            proxy_temp_path %1$s;
                            fastcgi_temp_path %1$s;
                            uwsgi_temp_path %1$s;
                            scgi_temp_path %1$s;
                            upstream livespan { server %3$s; }
                            server {
                                listen %2$d;
                                listen %5$d http2;
                                include %4$s/nginx.conf;
                            }
                        }
                        """.formatted(directory, port, node, SNIPPETS, http2(port));
            }

            @Override
            List<String> arguments(Path configuration) {
                return List.of("-p", configuration.getParent().toString(), "-c", configuration.toString());
            }

            /** On one cleartext port, nginx speaks either HTTP/1.1 or HTTP/2. */
            @Override
            int http2(int port) {
                return port + 50;
            }
        },

        HAPROXY("haproxy") {
            @Override
            String configuration(Path directory, int port, String node) {
                return "";
            }

            @Override
            List<String> arguments(Path configuration) {
                return List.of("-db", "-f", SNIPPETS.resolve("haproxy.cfg").toString());
            }
        },

        HTTPD("apache2", "httpd") {
            @Override
            String configuration(Path directory, int port, String node) {
                return """
                        ServerRoot %1$s
                        ServerName localhost
                        PidFile %1$s/httpd.pid
                        DefaultRuntimeDir %1$s
                        ErrorLog /dev/stderr
                        Listen %2$d
                        LoadModule mpm_event_module %3$s/mod_mpm_event.so
                        LoadModule authz_core_module %3$s/mod_authz_core.so
                        LoadModule deflate_module %3$s/mod_deflate.so
                        LoadModule filter_module %3$s/mod_filter.so
                        LoadModule setenvif_module %3$s/mod_setenvif.so
                        LoadModule http2_module %3$s/mod_http2.so
                        Protocols h2c http/1.1
                        LoadModule proxy_module %3$s/mod_proxy.so
                        LoadModule proxy_http_module %3$s/mod_proxy_http.so
                        SetOutputFilter DEFLATE
                        Include %4$s/httpd.conf
                        """.formatted(directory, port, modules(), SNIPPETS);
            }

            private static Path modules() {
                return List.of(Path.of("/usr/lib/apache2/modules"), Path.of("/usr/lib64/httpd/modules")).stream()
                        .filter(Files::isDirectory)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("Apache httpd has no modules"));
            }

            @Override
            List<String> arguments(Path configuration) {
                return List.of("-DFOREGROUND", "-f", configuration.toString());
            }
        };

        private final String[] programs;

        Kind(String... programs) {
            this.programs = programs;
        }

        abstract String configuration(Path directory, int port, String node);

        abstract List<String> arguments(Path configuration);

        /** The port on which it speaks cleartext HTTP/2. */
        int http2(int port) {
            return port;
        }
    }

    private Proxy(Kind kind, Path program, Path directory, int port, ServerProcess server) {
        this.kind = kind;
        this.program = program;
        this.directory = directory;
        this.port = port;
        this.server = server;
    }

    /** Starts one in front of this server; skips the test if it is not installed. */
    static Proxy start(Kind kind, ServerProcess server) throws IOException {
        var program = Tool.require(kind.programs);
        var directory = Path.of("target", "server", kind.name().toLowerCase()).toAbsolutePath();
        FileTree.delete(directory);
        Files.createDirectories(directory);
        var proxy = new Proxy(kind, program, directory, FreePort.from(FIRST_PORT), server);
        proxy.start();
        return proxy;
    }

    /** Returns when it listens. */
    void start() throws IOException {
        var node = "localhost:" + server.port();
        var configuration = directory.resolve("proxy.conf");
        Files.writeString(configuration, kind.configuration(directory, port, node));
        var builder = new ProcessBuilder(program.toString());
        builder.command().addAll(kind.arguments(configuration));
        builder.environment().put("LIVESPAN_BIND", "localhost:" + port);
        builder.environment().put("LIVESPAN_NODE", node);
        builder.environment()
                .put(
                        "LIVESPAN_HEALTH_PORT",
                        String.valueOf(server.health("ready").getPort()));
        process = builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("proxy.log").toFile())
                .start();
        await("it listens").atMost(PATIENCE).until(() -> !process.isAlive() || !FreePort.isFree(port));
        if (!process.isAlive()) {
            throw new IllegalStateException("It ended: " + Files.readString(directory.resolve("proxy.log")));
        }
    }

    /** The address of the same resource through this proxy. */
    URI before(URI address) {
        return at(port, address);
    }

    /** The same over HTTP/2 with prior knowledge. */
    URI http2Before(URI address) {
        return at(kind.http2(port), address);
    }

    private static URI at(int port, URI address) {
        return URI.create("http://localhost:" + port + address.getRawPath() + "?" + address.getRawQuery());
    }

    /** The resident memory of its processes, in bytes. */
    long residentBytes() throws IOException {
        long sum = 0;
        for (var one : Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList()) {
            var status = Files.readString(Path.of("/proc", String.valueOf(one.pid()), "status"));
            var kilobytes = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(status);
            sum += kilobytes.find() ? 1024 * Long.parseLong(kilobytes.group(1)) : 0;
        }
        return sum;
    }

    /** Ends it, and every stream with it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

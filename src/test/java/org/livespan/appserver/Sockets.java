package org.livespan.appserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sockets of a process, as Linux lists them.
 *
 * @see <a href="https://docs.kernel.org/networking/proc_net_tcp.html">Linux, the proc/net/tcp variables</a>
 */
record Sockets(long pid) {

    private static final String LISTENING = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    /** The ports it listens on, whatever the interface. */
    Set<Integer> listeningPorts() throws IOException {
        return rows("tcp", "tcp6")
                .filter(row -> row.get(STATE).equals(LISTENING))
                .map(Sockets::port)
                .collect(Collectors.toSet());
    }

    /** Its UDP ports; without any it is in no multicast group. */
    Set<Integer> datagramPorts() throws IOException {
        return rows("udp", "udp6").map(Sockets::port).collect(Collectors.toSet());
    }

    private Stream<List<String>> rows(String... tables) throws IOException {
        Set<String> own = inodes();
        var rows = Stream.<List<String>>builder();
        for (String table : tables) {
            try (var lines = Files.lines(proc().resolve("net").resolve(table))) {
                lines.skip(1)
                        .map(line -> List.of(line.trim().split("\\s+")))
                        .filter(row -> own.contains(row.get(INODE)))
                        .forEach(rows);
            }
        }
        return rows.build();
    }

    /** The descriptor of a socket is a link to {@code socket:[4711]}; it may have been closed meanwhile. */
    private Set<String> inodes() throws IOException {
        try (var descriptors = Files.list(proc().resolve("fd"))) {
            return descriptors
                    .filter(Files::isSymbolicLink)
                    .map(Sockets::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static int port(List<String> row) {
        String address = row.get(ADDRESS);
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }

    private Path proc() {
        return Path.of("/proc", String.valueOf(pid));
    }
}

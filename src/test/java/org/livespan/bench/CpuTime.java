package org.livespan.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.livespan.database.TestDatabase;

/** The CPU time used by a process and its descendants, without those that have ended. */
record CpuTime(ProcessHandle process) {

    static CpuTime of(TestDatabase database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var pid = statement.executeQuery("select pg_backend_pid()")) {
            pid.next();
            return new CpuTime(ProcessHandle.of(pid.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow());
        }
    }

    double seconds() {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToDouble(used -> used.toNanos() / 1e9)
                .sum();
    }
}

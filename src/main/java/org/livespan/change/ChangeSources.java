package org.livespan.change;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which {@link ChangeSource} is used, {@code livespan.source}. Owned by the listening thread. */
@ApplicationScoped
class ChangeSources {

    private static final String NOTIFY = "notify";
    private static final String WAL = "wal";
    private static final String AUTO = "auto";

    @Inject
    Instance<ChangeSource> all;

    @Inject
    @ConfigProperty(name = "livespan.source", defaultValue = NOTIFY)
    String setting;

    private Map<String, ChangeSource> byName;
    private ChangeSource chosen;

    /** Why it was chosen; empty if it was set. */
    private String reason = "";

    /** @throws IllegalStateException if there is no such source */
    @PostConstruct
    void start() {
        byName = all.stream().collect(Collectors.toMap(ChangeSource::name, Function.identity()));
        var names = new TreeSet<>(byName.keySet());
        names.add(AUTO);
        setting = setting.strip();
        if (!names.contains(setting)) {
            throw new IllegalStateException(
                    "livespan.source is '" + setting + "'. Set it to one of " + String.join(", ", names) + ".");
        }
        chosen = byName.get(setting.equals(AUTO) ? WAL : setting);
    }

    /**
     * The one for the next session.
     *
     * @throws SQLException if that is up to the database, and it cannot be asked
     */
    ChangeSource choose() throws SQLException {
        if (setting.equals(AUTO)) {
            Optional<String> missing = byName.get(WAL).missing();
            chosen = byName.get(missing.isEmpty() ? WAL : NOTIFY);
            reason = missing.map(why -> ", as livespan.source=auto and the log cannot be followed: " + why)
                    .orElse(", as livespan.source=auto and all that it takes is there");
        }
        return chosen;
    }

    /** What is heard, and why that way, for the log; without full stop. */
    String described() {
        return chosen.described() + reason;
    }

    /** What to do if a session cannot be opened, or markers do not arrive. */
    String remedy(SQLException cause) {
        return chosen.remedy(cause);
    }
}

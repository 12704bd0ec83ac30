package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** A window listener that records its notifications. */
final class HeardResults implements WindowListener {

    private final List<String> results = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> digests = new ArrayList<>();
    private final List<RuntimeException> ends = new ArrayList<>();

    /** The first result and each later one, as JSON. */
    List<String> results() {
        return results;
    }

    /** The changes of each update, as JSON. */
    List<String> changes() {
        return changes;
    }

    List<String> digests() {
        return digests;
    }

    List<RuntimeException> ends() {
        return ends;
    }

    @Override
    public void opened(Window window) {
        shown(window.present().result());
    }

    @Override
    public void changed(WindowUpdate update) {
        shown(update.result());
        changes.add(new String(update.changes().json(false).json(), UTF_8));
    }

    @Override
    public void ended(RuntimeException reason) {
        ends.add(reason);
    }

    private void shown(Result result) {
        results.add(new String(result.json(), UTF_8));
        digests.add(result.digest());
    }
}

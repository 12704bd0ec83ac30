package org.livespan.live;

import java.util.ArrayList;
import java.util.List;

/** A listener that keeps what it was told. */
final class HeardResults implements WindowListener {

    private final List<Result> results = new ArrayList<>();
    private final List<RuntimeException> ends = new ArrayList<>();

    List<Result> results() {
        return results;
    }

    List<RuntimeException> ends() {
        return ends;
    }

    @Override
    public void changed(Result result) {
        results.add(result);
    }

    @Override
    public void ended(RuntimeException reason) {
        ends.add(reason);
    }
}

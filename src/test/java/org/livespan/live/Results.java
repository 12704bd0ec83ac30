package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.livespan.live.FakeFeed.row;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Results and updates for code that only passes them on. A result has one row, whose JSON is a single word. */
public final class Results {

    private Results() {}

    /** Whether none of the room is taken. */
    public static boolean isFree(UnsentBytes room) {
        long all = room.part();
        boolean free = room.takeShared(all);
        if (free) {
            room.giveBackShared(all);
        }
        return free;
    }

    /** A result that reads {@code [word]}. */
    public static Result of(String word) {
        return Result.of(List.of(row(0, 0, word)));
    }

    /** The same, shared by all requests for it. */
    public static SharedResult shared(String word) {
        return SharedResult.of(List.of(row(0, 0, word)), 1, room(Integer.MAX_VALUE));
    }

    /** Room for so many bytes of each kind. */
    public static UnsentBytes room(long bytes) {
        var room = new UnsentBytes();
        room.limit = Optional.of(3 * bytes);
        return room;
    }

    /** An update to {@code [word]} whose changes read {@code {"upserted":[word],"removed":[]}}, with the row in first place. */
    public static WindowUpdate update(long version, String word) {
        return update(version, word, null);
    }

    public static WindowUpdate update(long version, String word, Instant heard) {
        String changes = "{\"upserted\":[" + word + "],\"removed\":[]";
        return new WindowUpdate(
                version,
                of(word),
                positions -> new ChangeJson((changes + (positions ? ",\"after\":[null]}" : "}")).getBytes(UTF_8)),
                heard);
    }
}

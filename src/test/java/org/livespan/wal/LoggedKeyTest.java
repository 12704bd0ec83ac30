package org.livespan.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.livespan.wal.LogMessage.Insert;
import org.livespan.wal.LoggedTable.Column;

/** The keys of rows in the log, as feeds have them. */
class LoggedKeyTest {

    private static final LoggedTable TABLE = new LoggedTable(
            1,
            "public",
            "t",
            List.of(
                    new Column("i", true, 20),
                    new Column("t", true, 25),
                    new Column("u", true, 2950),
                    new Column("n", true, 1700),
                    new Column("other", false, 20)));

    private static LoggedRow row(String... values) throws UnreadableLogException {
        return ((Insert) Messages.of('I').int32(1).tuple('N', values).decoded()).inserted();
    }

    private static String json(String value, String... columns) throws UnreadableLogException {
        return LoggedKey.of(TABLE, List.of(columns))
                .json(row("1", value, "0c6c9e02-52d4-4d4c-a0a9-0a6d6cbb3e1c"))
                .orElse("none");
    }

    @Test
    void a_number_stands_as_it_is_and_a_text_is_quoted() throws Exception {
        assertThat(json("a b", "i")).isEqualTo("1");
        assertThat(json("a b", "t")).isEqualTo("\"a b\"");
        assertThat(json("a b", "u")).isEqualTo("\"0c6c9e02-52d4-4d4c-a0a9-0a6d6cbb3e1c\"");
        assertThat(json("", "t")).isEqualTo("\"\"");
    }

    @Test
    void several_columns_are_an_array_as_PostgreSQL_writes_it() throws Exception {
        assertThat(json("a", "t", "i")).isEqualTo("[\"a\", 1]");
    }

    @Test
    void what_could_be_written_in_two_ways_is_not_told() throws Exception {
        for (String doubtful :
                List.of("\"", "\\", "/", "é", "\n", "\t", "a\u0000".substring(0, 1) + "\u007f", "<", "&")) {
            assertThat(json(doubtful, "t")).as(doubtful).isEqualTo("none");
        }
        assertThat(json(null, "t")).isEqualTo("none");
    }

    @Test
    void other_types_and_columns_outside_the_replica_identity_cannot_tell() {
        assertThat(LoggedKey.of(TABLE, List.of("n"))).isNull();
        assertThat(LoggedKey.of(TABLE, List.of("other"))).isNull();
        assertThat(LoggedKey.of(TABLE, List.of("missing"))).isNull();
        assertThat(LoggedKey.of(TABLE, List.of("i", "n"))).isNull();
    }
}

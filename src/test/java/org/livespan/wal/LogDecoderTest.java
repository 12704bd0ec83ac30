package org.livespan.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.livespan.wal.LogMessage.Begin;
import org.livespan.wal.LogMessage.Commit;
import org.livespan.wal.LogMessage.Delete;
import org.livespan.wal.LogMessage.Emitted;
import org.livespan.wal.LogMessage.Insert;
import org.livespan.wal.LogMessage.Other;
import org.livespan.wal.LogMessage.Relation;
import org.livespan.wal.LogMessage.Truncate;
import org.livespan.wal.LogMessage.Update;
import org.postgresql.replication.LogSequenceNumber;

/** Reads each message of pgoutput. */
class LogDecoderTest {

    @Test
    void begin_and_commit_of_a_transaction() throws Exception {
        assertThat(Messages.of('B').int64(1).int64(2).int32(-5).decoded()).isEqualTo(new Begin(-5));
        assertThat(Messages.of('C').int8(0).int64(1).int64(0x16B3748).int64(3).decoded())
                .isEqualTo(new Commit(LogSequenceNumber.valueOf("0/16B3748")));
    }

    @Test
    void a_table_and_its_columns() throws Exception {
        assertThat(Messages.orders().decoded())
                .isEqualTo(new Relation(new LoggedTable(
                        7,
                        "public",
                        "orders",
                        List.of(
                                new LoggedTable.Column("id", true, 23),
                                new LoggedTable.Column("created_at", false, 1184),
                                new LoggedTable.Column("note", false, 25)))));
        assertThat(((Relation) Messages.of('R')
                                .int32(8)
                                .string("")
                                .string("Größe, \"x\"")
                                .int8('f')
                                .int16(0)
                                .decoded())
                        .table())
                .isEqualTo(new LoggedTable(8, "pg_catalog", "Größe, \"x\"", List.of()));
    }

    @Test
    void the_new_row_of_an_insert() throws Exception {
        var insert = (Insert)
                Messages.of('I').int32(7).tuple('N', "1", "Grüße", null).decoded();
        assertThat(insert.table()).isEqualTo(7);
        assertThat(insert.inserted().isIdentity()).isFalse();
        assertThat(insert.inserted().text(0)).contains("1");
        assertThat(insert.inserted().text(1)).contains("Grüße");
        assertThat(insert.inserted().text(2)).isEmpty();
    }

    @Test
    void an_update_without_the_old_row_with_its_identity_and_with_all_of_it() throws Exception {
        var plain = (Update) Messages.of('U')
                .int32(7)
                .tuple('N', "1", "a", Messages.UNCHANGED)
                .decoded();
        assertThat(plain.before()).isNull();
        assertThat(plain.after().text(1)).contains("a");
        assertThat(plain.after().text(2)).isEmpty();
        var moved = (Update) Messages.of('U')
                .int32(7)
                .tuple('K', "1", null, null)
                .tuple('N', "2", "a", "b")
                .decoded();
        assertThat(moved.before().isIdentity()).isTrue();
        assertThat(moved.before().text(0)).contains("1");
        assertThat(moved.after().text(0)).contains("2");
        var full = (Update) Messages.of('U')
                .int32(7)
                .tuple('O', "1", "old", null)
                .tuple('N', "1", "new", null)
                .decoded();
        assertThat(full.before().isIdentity()).isFalse();
        assertThat(full.before().text(1)).contains("old");
        assertThat(full.after().text(1)).contains("new");
    }

    @Test
    void the_old_row_of_a_delete_or_its_identity() throws Exception {
        var key = (Delete) Messages.of('D').int32(7).tuple('K', "1", null, null).decoded();
        assertThat(key.deleted().isIdentity()).isTrue();
        var full = (Delete) Messages.of('D').int32(7).tuple('O', "1", "a", "b").decoded();
        assertThat(full.deleted().isIdentity()).isFalse();
        assertThat(full.deleted().text(2)).contains("b");
    }

    @Test
    void the_tables_that_were_truncated_together() throws Exception {
        assertThat(Messages.of('T').int32(2).int8(1).int32(7).int32(8).decoded())
                .isEqualTo(new Truncate(List.of(7, 8)));
    }

    @Test
    void what_was_emitted() throws Exception {
        assertThat(Messages.of('M')
                        .int8(1)
                        .int64(1)
                        .string("livespan_x")
                        .int32(3)
                        .int8('a')
                        .int8('b')
                        .int8('c')
                        .decoded())
                .isEqualTo(new Emitted("livespan_x", "abc"));
    }

    @Test
    void origins_and_types_are_of_no_interest() throws Exception {
        assertThat(Messages.of('O').int64(1).string("subscription").decoded()).isEqualTo(new Other());
        assertThat(Messages.of('Y').int32(1).string("public").string("mood").decoded())
                .isEqualTo(new Other());
    }

    @Test
    void a_message_of_an_unknown_kind_and_one_that_ends_too_early_are_refused() {
        assertThatExceptionOfType(UnreadableLogException.class)
                .isThrownBy(() -> Messages.of('Z').int32(1).decoded())
                .withMessageContaining("'Z'");
        for (Messages cut : List.of(
                Messages.of('B').int64(1),
                Messages.of('R').int32(1).int8('a'),
                Messages.of('I').int32(7).int8('N').int16(1).int8('t').int32(5).int8('a'),
                Messages.of('I').int32(7).int8('N').int16(1).int8('t').int32(-5),
                Messages.of('U').int32(7))) {
            assertThatExceptionOfType(UnreadableLogException.class).isThrownBy(cut::decoded);
        }
    }
}

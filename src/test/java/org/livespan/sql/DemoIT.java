package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.BesideOthers;

/** The sample table of {@code sql/demo.sql}: watched, filled once, and left as it is afterwards. */
@BesideOthers
class DemoIT {

    @RegisterExtension
    final WatchedDatabase db = new WatchedDatabase();

    @Test
    void the_sample_is_a_watched_table_with_a_month_of_orders() throws Exception {
        db.run("demo.sql");
        assertThat(db.query("select relation || ' ' || date_column || ' ' || channel from livespan.watched"))
                .isEqualTo("orders created_at realtime");
        assertThat(db.query(
                        "select count(*) from orders where created_at between now() - interval '31 days' and now()"))
                .isEqualTo("201");
        assertThat(db.query("select count(distinct created_at::date) >= 30 from orders"))
                .isEqualTo("t");
    }

    @Test
    void running_it_again_adds_and_changes_nothing() throws Exception {
        db.run("demo.sql");
        var before = orders();
        db.deafen();
        db.run("demo.sql");
        assertThat(orders()).isEqualTo(before);
        assertThat(db.heard()).isEmpty();
    }

    @Test
    void running_it_again_does_not_refill_a_table_that_has_rows() throws Exception {
        db.run("demo.sql");
        db.execute("delete from orders where id > 1");
        db.run("demo.sql");
        assertThat(db.query("select count(*) from orders")).isEqualTo("1");
    }

    private String orders() throws Exception {
        return db.query("select string_agg(o::text, ' ' order by id) from orders o");
    }
}

package org.livespan.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.livespan.feed.FeedDatabase;
import org.livespan.tool.BesideOthers;

/** What may change a feed's rows without a write is found in whatever determines them. */
@BesideOthers
class UnwrittenChangesIT {

    @RegisterExtension
    final FeedDatabase db = new FeedDatabase();

    @BeforeEach
    void a_table_and_functions() throws Exception {
        db.execute(
                "create table readings (id int, at timestamptz default now(), due date default current_date)",
                "create function steady(int) returns int language sql stable return $1 + 1",
                "create function hidden() returns setof readings language sql stable"
                        + " as 'select * from readings where at > now()'",
                "create function any_time(int) returns int language plpgsql as 'begin return $1; end'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "select * from readings; ''",
                "select id, at, steady(id) from readings where at > timestamptz '2026-01-01'; ''",
                "select * from readings where at > now() - interval '1 day'; now()",
                "select * from readings where due = current_date; the current date or time",
                "select * from readings where at < localtimestamp; the current date or time",
                "select id, current_user from readings; ''",
                "select id, random() from readings; random()",
                "select id, clock_timestamp() from readings; clock_timestamp()",
                "select id, age(at) from readings; age()",
                "select id, age(at, at) from readings; ''",
                "select * from (select * from readings where id = (select max(id) from readings where at < now())) r; now()",
                "select * from hidden(); hidden()",
                "select any_time(id) from readings; any_time()",
            })
    void causes_are_found_in_nested_views_and_the_functions_they_call(String select, String causes) throws Exception {
        db.execute("create view inner_view as " + select, "create view shown as select * from inner_view");
        assertThat(causes("shown")).isEqualTo(causes.isEmpty() ? null : causes);
    }

    @Test
    void causes_are_found_in_row_security_policies_but_not_in_column_defaults() throws Exception {
        assertThat(causes("readings")).isNull();
        db.execute(
                "alter table readings enable row level security", "create policy due on readings using (at < now())");
        assertThat(causes("readings")).isEqualTo("now()");
    }

    private String causes(String table) throws Exception {
        var root = "[{\"feed\":\"f\",\"schema\":\"public\",\"name\":\"" + table + "\"}]";
        return db.rows(UnwrittenChanges.CAUSES, List.of(root)).get(0).get(0);
    }
}

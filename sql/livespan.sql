-- Livespan's triggers: each statement on a watched table sends a notification with the range of dates that it touched.
--
--     select livespan.watch('public.orders', 'created_at');
--     listen realtime;  -- {"key": "insert", "value": "public.orders|2026-11-23T11:30:00Z|2026-11-23T11:30:00Z"}
--
-- There is one notification for each statement, with the first and the last date that it touched. If the old and the new dates
-- of an update do not overlap, it has both ranges, FROM|TO|FROM|TO, the old one first, so that nothing between them is read.
-- Null dates are ignored. If all dates are null, or one is infinite or outside the years 1 to 9999, FROM and TO are empty, which
-- means any date.
--
-- Run this file with psql -f, as any role that may create a schema, and again after each upgrade: watched tables stay watched.
-- Upgrade the servers first: an older server mistakes a notification with two ranges for one of another table.
-- Requires PostgreSQL 14 or newer.
--
-- Limitations of PostgreSQL:
-- * attaching, detaching or dropping a partition moves rows without a statement on them, so there is no notification;
-- * the apply worker of a subscription never fires statement triggers: watch the table on the publisher;
-- * a transaction that sent a notification cannot be prepared for two-phase commit;
-- * a foreign partition attached to a watched table cannot be written to through it; watch refuses tables that have one;
-- * a virtual generated column (PostgreSQL 18) is null in transition tables, so each change of it is a change at any date.

begin;

set local client_min_messages = warning;
set local search_path = pg_catalog, pg_temp;

create schema if not exists livespan;
comment on schema livespan is 'Trigger functions that notify of changes, and which tables are watched';

-- The tables that watch was called on and whose four triggers all fire. If one was dropped or disabled, changes are missed until
-- watch is called again. The triggers of partitions have a second argument, so partitions are not listed.
create or replace view livespan.watched as
select t.tgrelid::regclass as relation,
       p.proname as date_column,
       -- tgargs ends every argument with a zero byte
       convert_from(substring(t.tgargs for length(t.tgargs) - 1), getdatabaseencoding())::name as channel
  from pg_trigger t
  join pg_proc p on p.oid = t.tgfoid
 where p.pronamespace = 'livespan'::regnamespace
   and t.tgname in ('livespan_insert', 'livespan_update', 'livespan_delete', 'livespan_truncate')
   and t.tgnargs = 1
   and t.tgenabled in ('A', 'O')
 group by t.tgrelid, p.proname, t.tgargs
having count(*) = 4;
comment on view livespan.watched is
    'Watched tables whose triggers all fire: the table, its date column, and the channel of its notifications';

-- Creates the trigger function for date columns of that name, livespan.<column>().
--
-- There is one function for each column name, because static SQL is planned only once in a session: planning the scan for every
-- statement took twice as long as everything else. The function runs with the writer's privileges: higher ones would be at the
-- disposal of the owner of the column's type, whose casts min() may call.
create or replace function livespan.define_notifier(date_column name) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $define$
begin
    execute format('create or replace function livespan.%I() returns trigger language plpgsql'
        -- to_json prints ISO-8601 under every DateStyle, and in the session's time zone
        ' set search_path = pg_catalog, pg_temp set timezone = ''UTC'' as %L', date_column, format($body$
#variable_conflict use_column
declare
    watched_name text := tg_table_schema || '.' || tg_table_name;
    touched bigint;
    spans text;
begin
    if tg_nargs > 1 then
        -- A partition that was written to directly. Its watched parent is looked up now, since it may have been renamed
        with recursive above(oid) as (
            select inhparent from pg_inherits where inhrelid = tg_relid
            union
            select i.inhparent from pg_inherits i join above a on i.inhrelid = a.oid)
        select n.nspname || '.' || c.relname into watched_name
          from above a
          join pg_trigger t on t.tgrelid = a.oid and t.tgname = 'livespan_insert' and t.tgnargs = 1
          join pg_class c on c.oid = a.oid
          join pg_namespace n on n.oid = c.relnamespace
         limit 1;
        if watched_name is null then
            return null;
        end if;
    end if;

    begin
        if tg_op = 'INSERT' then
            select count(*), to_json(array[min(r.%1$I), max(r.%1$I)])::text into touched, spans from new_rows r;
        elsif tg_op = 'UPDATE' then
            -- All old or all new dates may be null: then neither comparison is true, and least and greatest ignore them
            select o.touched, to_json(case when o.last < n.first or n.last < o.first
                   then array[o.first, o.last, n.first, n.last]
                   else array[least(o.first, n.first), greatest(o.last, n.last)] end)::text
              into touched, spans
              from (select count(*) as touched, min(r.%1$I) as first, max(r.%1$I) as last from old_rows r) o,
                   (select min(r.%1$I) as first, max(r.%1$I) as last from new_rows r) n;
        elsif tg_op = 'DELETE' then
            select count(*), to_json(array[min(r.%1$I), max(r.%1$I)])::text into touched, spans from old_rows r;
        end if;

        spans := replace(spans, '+00:00"', 'Z"');
        -- Null, infinite, before the year 1, after the year 9999, or not a date: any date
        if spans ~ '^[[]("[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{8,15}Z?)?",?)+[]]$' then
            spans := translate(spans, ',[]"', '|');
        else
            spans := '|';
        end if;
    exception when others then
        -- The column was renamed, dropped or changed its type: the writer must not fail
        spans := '|';
        if tg_op = 'INSERT' then
            select count(*) into touched from new_rows;
        else
            select count(*) into touched from old_rows;
        end if;
    end;
    if touched = 0 then
        return null;
    end if;

    perform pg_notify(tg_argv[0], jsonb_build_object(
        'key', lower(tg_op collate "C"),  -- a Turkish database would make it "ınsert"
        'value', watched_name || '|' || spans)::text);
    return null;
end
$body$, date_column));
    execute format('comment on function livespan.%I() is %L', date_column,
        format('Notifies which dates of %I a statement touched', date_column));
    execute format('grant execute on function livespan.%I() to public', date_column);
exception when unique_violation or duplicate_function then
    null;  -- another session created the same one meanwhile
end
$define$;
comment on function livespan.define_notifier(name) is 'Creates the trigger function for date columns of that name';

-- Partitions and inheriting tables can be written to directly, so they get the triggers as well.
create or replace function livespan.family(relation regclass) returns setof regclass
language sql stable set search_path = pg_catalog, pg_temp as $$
    with recursive family(oid) as (
        select relation::oid
        union
        select i.inhrelid from pg_inherits i join family f on i.inhparent = f.oid)
    select f.oid::regclass
      from family f
      join pg_class c on c.oid = f.oid
     where c.relpersistence <> 't'  -- not another session's temporary child
     order by f.oid
$$;
comment on function livespan.family(regclass) is 'The table and all its partitions or inheriting tables, at every level';

create or replace function livespan.refuse_unwatchable(relation regclass, date_column name, channel name) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    kind "char";
    persistence "char";
    column_type oid;
    other regclass;
begin
    if relation is null or date_column is null or channel is null then
        raise exception using errcode = 'null_value_not_allowed',
            message = format('livespan.watch needs a %s, but got null', case
                when relation is null then 'table'
                when date_column is null then 'date column'
                else 'channel' end);
    end if;
    if channel = '' then
        raise exception using errcode = 'invalid_parameter_value',
            message = 'livespan.watch needs a channel, but got an empty name',
            hint = 'Omit it for the default, realtime.';
    end if;

    select relkind, relpersistence into kind, persistence from pg_class where oid = relation;
    if kind is null then
        raise exception using errcode = 'undefined_table', message = format('There is no table with OID %s', relation::oid);
    elsif kind not in ('r', 'p') then
        raise exception using errcode = 'wrong_object_type',
            message = format('%s cannot be watched: it is %s', relation, case kind
                when 'v' then 'a view'
                when 'm' then 'a materialized view'
                when 'f' then 'a foreign table'
                else 'not a table' end),
            hint = case
                when kind in ('v', 'm') then 'Watch the tables it reads.'
                when kind = 'f' then 'Watch the table in its own database.'
                else 'Watch an ordinary or a partitioned table.' end;
    elsif persistence = 't' then
        raise exception using errcode = 'wrong_object_type',
            message = format('%s cannot be watched: it is a temporary table', relation),
            hint = 'Only the session that created it can see it. Watch a permanent table.';
    elsif relation::oid < 16384 then  -- created by initdb
        raise exception using errcode = 'wrong_object_type',
            message = format('%s cannot be watched: it is a system catalog', relation),
            hint = 'Watch a table of your own.';
    end if;

    with recursive above(oid) as (
        select inhparent from pg_inherits where inhrelid = relation
        union
        select i.inhparent from pg_inherits i join above a on i.inhrelid = a.oid)
    select a.oid into other from above a
     where not exists (select from pg_inherits where inhrelid = a.oid)
     limit 1;
    if other is not null then
        raise exception using errcode = 'wrong_object_type',
            message = format('%1$s cannot be watched: it is a part of %2$s, and writes through that would be missed',
                relation, other),
            hint = format('select livespan.watch(%L, %L);', other, date_column);
    end if;

    select f into other from livespan.family(relation) f join pg_class c on c.oid = f where c.relkind = 'f' limit 1;
    if other is not null then
        raise exception using errcode = 'feature_not_supported',
            message = format('%s cannot be watched: its part %s is a foreign table, and writes to it would fail', relation, other),
            hint = 'PostgreSQL has no transition tables for foreign tables. Detach it, or watch the other parts.';
    end if;
    select f into other from livespan.family(relation) f join pg_inherits i on i.inhrelid = f
     where i.inhparent not in (select g from livespan.family(relation) g) limit 1;
    if other is not null then
        raise exception using errcode = 'feature_not_supported',
            message = format('%s cannot be watched: %s inherits from another table too', relation, other),
            hint = 'A notification can name only one table.';
    end if;
    -- Not from livespan.watched, because disabled triggers may be enabled again
    select f into other from livespan.family(relation) f
      join pg_trigger t on t.tgrelid = f and t.tgnargs = 1
      join pg_proc p on p.oid = t.tgfoid and p.pronamespace = 'livespan'::regnamespace
     where f <> relation limit 1;
    if other is not null then
        raise exception using errcode = 'object_in_use',
            message = format('%s cannot be watched: its part %s is watched under its own name', relation, other),
            hint = format('Run this first: select livespan.unwatch(%L);', other);
    end if;

    with recursive base(oid) as (
        select atttypid from pg_attribute
         where attrelid = relation and attname = date_column and attnum > 0 and not attisdropped
        union
        select t.typbasetype from pg_type t join base b on t.oid = b.oid where t.typtype = 'd')
    select b.oid into column_type from base b join pg_type t on t.oid = b.oid where t.typtype <> 'd';
    if column_type is null then
        raise exception using errcode = 'undefined_column',
            message = format('%s has no column %I', relation, date_column),
            hint = 'Name its date, timestamp or timestamptz column as in pg_attribute, without quotes.';
    elsif column_type not in ('date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype) then
        raise exception using errcode = 'datatype_mismatch',
            message = format('Column %I of %s is not a date: its type is %s', date_column, relation, column_type::regtype),
            hint = 'Name a column of type date, timestamp or timestamptz.';
    end if;
end
$$;
comment on function livespan.refuse_unwatchable(regclass, name, name) is 'Raises an error if a table cannot be watched';

-- Watching a table requires the TRIGGER privilege on it, but no privilege to create functions in this schema. A trigger that
-- watch creates first proves the former. It never fires, and calls one of PostgreSQL's own functions, since any name in this
-- schema could be that of a date column.
create or replace function livespan.prepare_notifier(relation regclass, date_column name) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform livespan.refuse_unwatchable(relation, date_column, 'any');
    if not exists (
        select from pg_trigger
         where tgrelid = relation and tgname = 'livespan_insert'
           and tgfoid = 'pg_catalog.suppress_redundant_updates_trigger()'::regprocedure)
    then
        raise exception using errcode = 'insufficient_privilege',
            message = format('Only livespan.watch may prepare %s', relation),
            hint = format('As the owner of the table: select livespan.watch(%L, %L);', relation, date_column);
    end if;
    perform livespan.define_notifier(date_column);
end
$$;
comment on function livespan.prepare_notifier(regclass, name) is
    'Creates the trigger function for a table''s date column if the caller may create triggers on that table';

create or replace function livespan.watch(relation regclass, date_column name, channel name default 'realtime') returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    zero constant bytea := decode('00', 'hex');
    member regclass;
    arguments text[];
    stored bytea;
begin
    perform livespan.refuse_unwatchable(relation, date_column, channel);
    if to_regprocedure(format('livespan.%I()', date_column)) is null then
        execute format('create or replace trigger livespan_insert after insert on %s for each statement'
            ' when (false) execute function pg_catalog.suppress_redundant_updates_trigger()', relation);
        perform livespan.prepare_notifier(relation, date_column);
    end if;

    for member in select livespan.family(relation) loop
        arguments := case when member = relation then array[channel::text] else array[channel::text, 'partition'] end;
        select string_agg(convert_to(a, getdatabaseencoding()) || zero, ''::bytea order by place) into stored
          from unnest(arguments) with ordinality as given(a, place);
        -- Creating a trigger waits for all writers, so skip tables that need none
        continue when (
            select count(*) = 4 from pg_trigger
             where tgrelid = member
               and tgname in ('livespan_insert', 'livespan_update', 'livespan_delete', 'livespan_truncate')
               and tgfoid = to_regprocedure(format('livespan.%I()', date_column))
               and tgargs = stored
               and tgenabled = 'A');

        execute (
            select string_agg(format('create or replace trigger livespan_%1$s after %1$s on %2$s %3$s'
                       ' for each statement execute function livespan.%4$I(%5$s);',
                       operation, member, transition, date_column,
                       (select string_agg(quote_literal(a), ', ' order by place)
                          from unnest(arguments) with ordinality as given(a, place))), ' ')
              from (values ('insert', 'referencing new table as new_rows'),
                           ('update', 'referencing old table as old_rows new table as new_rows'),
                           ('delete', 'referencing old table as old_rows'),
                           ('truncate', '')) as triggers(operation, transition));
        -- Always: writes with session_replication_role = replica change the rows, too
        execute format('alter table only %s enable always trigger livespan_insert, enable always trigger livespan_update,'
            ' enable always trigger livespan_delete, enable always trigger livespan_truncate', member);
    end loop;
end
$$;
comment on function livespan.watch(regclass, name, name) is
    'Notifies of each change of the table on the channel, with the dates that it touched. Call it again after partitions '
    'or inheriting tables were added, after triggers were disabled, or to change the column or the channel.';

create or replace function livespan.unwatch(relation regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    member regclass;
    trigger_name name;
begin
    if relation is null then
        raise exception using errcode = 'null_value_not_allowed', message = 'livespan.unwatch needs a table, but got null';
    end if;
    for member, trigger_name in
        select t.tgrelid, t.tgname
          from livespan.family(relation) f
          join pg_trigger t on t.tgrelid = f
          join pg_proc p on p.oid = t.tgfoid
         where p.pronamespace = 'livespan'::regnamespace
    loop
        execute format('drop trigger %I on %s', trigger_name, member);
    end loop;
end
$$;
comment on function livespan.unwatch(regclass) is 'Stops notifying of changes of the table. Does nothing if it is not watched.';

-- The log (livespan.source=wal): instead of by triggers, servers learn of changes by logical replication of this publication. Where
-- the old date of a row is not in the log, they know it by the row's key.
-- PostgreSQL refuses each UPDATE and DELETE of a published table whose rows have no replica identity.
create or replace function livespan.without_identity(relation regclass) returns table (relation regclass, remedy text)
language sql stable set search_path = pg_catalog, pg_temp as $$
    select c.oid::regclass,
           case when exists (select from pg_index where indrelid = c.oid and indisprimary and indisvalid and indimmediate)
                then format('Run: alter table %s replica identity default;', c.oid::regclass)
                else format('Give it a primary key, or run: alter table %s replica identity using index INDEX; with a unique index'
                    ' of columns that are not null.', c.oid::regclass) end
      from livespan.family(without_identity.relation) f
      join pg_class c on c.oid = f
     where c.relkind = 'r'
       and c.relreplident <> 'f'
       and not exists (
           select from pg_index i
            where i.indrelid = c.oid and i.indisvalid and i.indimmediate
              and case c.relreplident when 'd' then i.indisprimary when 'i' then i.indisreplident else false end)
$$;
comment on function livespan.without_identity(regclass) is
    'Which of the table and its parts have rows without a replica identity, and how to give them one';

create or replace function livespan.refuse_unpublishable(relation regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    kind "char";
    persistence "char";
    other regclass;
    remedy text;
begin
    if relation is null then
        raise exception using errcode = 'null_value_not_allowed', message = 'livespan.publish needs a table, but got null';
    end if;
    select relkind, relpersistence into kind, persistence from pg_class where oid = relation;
    if kind is null then
        raise exception using errcode = 'undefined_table', message = format('There is no table with OID %s', relation::oid);
    elsif kind not in ('r', 'p') then
        raise exception using errcode = 'wrong_object_type',
            message = format('%s cannot be published: it is %s', relation, case kind
                when 'v' then 'a view'
                when 'm' then 'a materialized view'
                when 'f' then 'a foreign table'
                else 'not a table' end),
            hint = case
                when kind in ('v', 'm') then 'Publish the tables it reads.'
                else 'Publish an ordinary or a partitioned table.' end;
    elsif persistence <> 'p' then
        raise exception using errcode = 'wrong_object_type',
            message = format('%s cannot be published: it is %s table', relation, case persistence
                when 't' then 'a temporary'
                else 'an unlogged' end),
            hint = case
                when persistence = 't' then 'Only the session that created it can see it. Publish a permanent table.'
                else format('The log has nothing of it. Run this first: alter table %s set logged; or watch it instead.', relation)
                end;
    elsif relation::oid < 16384 then  -- created by initdb
        raise exception using errcode = 'wrong_object_type',
            message = format('%s cannot be published: it is a system catalog', relation),
            hint = 'Publish a table of your own.';
    end if;

    with recursive above(oid) as (
        select inhparent from pg_inherits where inhrelid = relation
        union
        select i.inhparent from pg_inherits i join above a on i.inhrelid = a.oid)
    select a.oid into other from above a
     where not exists (select from pg_inherits where inhrelid = a.oid)
     limit 1;
    if other is not null then
        raise exception using errcode = 'wrong_object_type',
            message = format('%1$s cannot be published: it is a part of %2$s', relation, other),
            hint = format('select livespan.publish(%L);', other);
    end if;

    select c.oid, c.relkind into other, kind from livespan.family(relation) f join pg_class c on c.oid = f
     where c.relkind = 'f' or c.relpersistence <> 'p'
     limit 1;
    if other is not null then
        raise exception using errcode = 'feature_not_supported',
            message = format('%s cannot be published: its part %s is %s table', relation, other, case kind
                when 'f' then 'a foreign'
                else 'an unlogged' end),
            hint = case kind
                when 'f' then 'The log has nothing of it.'
                else format('The log has nothing of it. Run this first: alter table %s set logged;', other) end;
    end if;

    select u.relation, u.remedy into other, remedy from livespan.without_identity(relation) u limit 1;
    if other is not null then
        raise exception using errcode = 'object_not_in_prerequisite_state',
            message = format('%s cannot be published: each UPDATE and DELETE of %s would fail, because its rows have no identity',
                relation, case when other = relation then 'it' else other::text end),
            hint = remedy || ' Or watch it instead.';
    end if;
end
$$;
comment on function livespan.refuse_unpublishable(regclass) is 'Raises an error if a table cannot be published';

-- What of it has to be in the publication: the table and those that inherit from it, while partitions go with their table.
create or replace function livespan.published_parts(relation regclass) returns setof regclass
language sql stable set search_path = pg_catalog, pg_temp as $$
    select f from livespan.family(published_parts.relation) f join pg_class c on c.oid = f where not c.relispartition
$$;
comment on function livespan.published_parts(regclass) is 'The table and all inheriting tables, without partitions';

create or replace function livespan.publish(relation regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    part regclass;
begin
    perform livespan.refuse_unpublishable(relation);
    if not exists (select from pg_publication where pubname = 'livespan') then
        begin
            -- Partitions under their own names, as a truncated one would not be told otherwise
            create publication livespan;
        exception when unique_violation or duplicate_object then
            null;  -- another session created it meanwhile
        end;
    end if;
    for part in
        select p from livespan.published_parts(relation) p
         where not exists (
               select from pg_publication_rel r join pg_publication o on o.oid = r.prpubid
                where o.pubname = 'livespan' and r.prrelid = p)
           and not (select puballtables from pg_publication where pubname = 'livespan')
    loop
        -- A transaction that has written to it already would not be in the log
        execute format('lock table %s in share row exclusive mode', part);
        execute format('alter publication livespan add table only %s', part);
    end loop;
end
$$;
comment on function livespan.publish(regclass) is
    'Adds the table to the publication livespan, by which servers with livespan.source=wal learn of its changes';

create or replace function livespan.unpublish(relation regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    part regclass;
begin
    if relation is null then
        raise exception using errcode = 'null_value_not_allowed', message = 'livespan.unpublish needs a table, but got null';
    end if;
    for part in
        select p from livespan.published_parts(relation) p
          join pg_publication_rel r on r.prrelid = p
          join pg_publication o on o.oid = r.prpubid and o.pubname = 'livespan'
    loop
        execute format('alter publication livespan drop table only %s', part);
    end loop;
end
$$;
comment on function livespan.unpublish(regclass) is
    'Removes the table from the publication livespan. Does nothing if it is not in it.';

-- Writers need none of these: triggers fire without them.
grant usage on schema livespan to public;
grant select on livespan.watched to public;
grant execute on all functions in schema livespan to public;
revoke execute on function livespan.define_notifier(name) from public;

-- Upgrades the functions of tables that were watched with an older version of this file.
do $$
declare
    date_column name;
begin
    for date_column in
        select proname from pg_proc where pronamespace = 'livespan'::regnamespace and prorettype = 'trigger'::regtype
    loop
        perform livespan.define_notifier(date_column);
    end loop;
end
$$;

commit;

-- Livespan, the database's half: tells on a channel which dates of a watched table a statement touched.
--
--     select livespan.watch('public.orders', 'created_at');
--     listen realtime;  -- {"key": "insert", "value": "public.orders|2026-11-23T11:30:00Z|2026-11-23T11:30:00Z"}
--
-- One notification a statement, with the first and the last date it touched. Where the old dates of an update and its new ones
-- lie apart, it has both spans, FROM|TO|FROM|TO, the old one first, so that nothing between them is read again. Dates that are
-- null are left out. Where all are null, or one is infinite or outside the years 1 to 9999, FROM and TO are empty: any date.
--
-- Run it with psql -f, as any role that may create a schema, and again whenever it changed: what is watched stays watched.
-- Update the servers before this file: one that does not know the form of two spans would take it for another table's.
-- PostgreSQL 14 and newer.
--
-- What PostgreSQL itself keeps from being told, or from being watched:
-- * attaching, detaching or dropping a partition moves rows without a statement on them: nothing is told;
-- * a subscription's apply worker fires no statement triggers, whoever enables them: watch the publisher;
-- * a transaction that notified cannot be prepared for two-phase commit: its writers need a plain one;
-- * a foreign partition attached to a watched table cannot be written to through it: watch refuses one that is there already;
-- * a virtual generated column (PostgreSQL 18) is null in transition tables, so each of its changes is "any date".

begin;

set local client_min_messages = warning;
set local search_path = pg_catalog, pg_temp;

create schema if not exists livespan;
comment on schema livespan is 'Which tables are watched, and the triggers'' functions that tell of their changes';

-- The tables that watch was called on, while each of their four triggers fires: where one is disabled, left to replication or
-- dropped, changes pass unnoticed, and watch mends it. Their partitions' triggers have a second argument, so they are not listed.
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
    'What is watched, by triggers that all fire: the table, its date column, and the channel that hears of its changes';

-- Writes the trigger function for date columns of that name, called livespan.<column>().
--
-- One function a column name, not one for all, because static SQL is planned once a session: planning the scan anew for every
-- statement took twice as long as all the rest. The function runs as the writer: with more rights, it would lend them to the
-- owner of the column's type, whose casts min() may call.
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
        -- A partition, written to straight: its watched parent is looked up now, so that it may be renamed or detached
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
            -- Null, as all old or all new dates may be, is nowhere: neither comparison is true, least and greatest skip it
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
        -- Null, infinite, before the year 1, after the year 9999 or no date at all: "any date"
        if spans ~ '^[[]("[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{8,15}Z?)?",?)+[]]$' then
            spans := translate(spans, ',[]"', '|');
        else
            spans := '|';
        end if;
    exception when others then
        -- The column was renamed, dropped or given another type since: no reason for the writer to fail
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
        format('Tells which dates of %I a statement touched', date_column));
    execute format('grant execute on function livespan.%I() to public', date_column);
exception when unique_violation or duplicate_function then
    null;  -- another session wrote the same one meanwhile
end
$define$;
comment on function livespan.define_notifier(name) is 'Writes the trigger function for date columns of that name';

-- A partition or an inheriting table is written to under its own name too, so it gets the triggers as well.
create or replace function livespan.family(relation regclass) returns setof regclass
language sql stable set search_path = pg_catalog, pg_temp as $$
    with recursive family(oid) as (
        select relation::oid
        union
        select i.inhrelid from pg_inherits i join family f on i.inhparent = f.oid)
    select f.oid::regclass
      from family f
      join pg_class c on c.oid = f.oid
     where c.relpersistence <> 't'  -- another session's temporary child
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
            message = format('livespan.watch needs a %s, null was given', case
                when relation is null then 'table'
                when date_column is null then 'date column'
                else 'channel' end);
    end if;
    if channel = '' then
        raise exception using errcode = 'invalid_parameter_value',
            message = 'livespan.watch needs a channel, an empty name was given',
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
                else 'no table' end),
            hint = case
                when kind in ('v', 'm') then 'Watch the tables it reads.'
                when kind = 'f' then 'Watch the table where it is, in its own database.'
                else 'Watch an ordinary or a partitioned table.' end;
    elsif persistence = 't' then
        raise exception using errcode = 'wrong_object_type',
            message = format('%s cannot be watched: it is a temporary table', relation),
            hint = 'Only the session that made it can see it. Watch a permanent table.';
    elsif relation::oid < 16384 then  -- what initdb made
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
            message = format('%s cannot be watched: it is a part of %s, and a write through that would not be seen', relation, other),
            hint = format('select livespan.watch(%L, %L);', other, date_column);
    end if;

    select f into other from livespan.family(relation) f join pg_class c on c.oid = f where c.relkind = 'f' limit 1;
    if other is not null then
        raise exception using errcode = 'feature_not_supported',
            message = format('%s cannot be watched: its part %s is a foreign table, and writes to that would fail', relation, other),
            hint = 'PostgreSQL keeps no transition tables for foreign tables. Detach it, or watch the other parts.';
    end if;
    select f into other from livespan.family(relation) f join pg_inherits i on i.inhrelid = f
     where i.inhparent not in (select g from livespan.family(relation) g) limit 1;
    if other is not null then
        raise exception using errcode = 'feature_not_supported',
            message = format('%s cannot be watched: %s inherits from another table too', relation, other),
            hint = 'A write can be told of under one name only.';
    end if;
    -- Not by livespan.watched: triggers that are disabled may be enabled again
    select f into other from livespan.family(relation) f
      join pg_trigger t on t.tgrelid = f and t.tgnargs = 1
      join pg_proc p on p.oid = t.tgfoid and p.pronamespace = 'livespan'::regnamespace
     where f <> relation limit 1;
    if other is not null then
        raise exception using errcode = 'object_in_use',
            message = format('%s cannot be watched: its part %s is watched under its own name', relation, other),
            hint = format('First select livespan.unwatch(%L);', other);
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
            hint = 'Name its date, timestamp or timestamptz column as it is stored, without quotes.';
    elsif column_type not in ('date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype) then
        raise exception using errcode = 'datatype_mismatch',
            message = format('Column %I of %s is no date: its type is %s', date_column, relation, column_type::regtype),
            hint = 'Name a column of type date, timestamp or timestamptz.';
    end if;
end
$$;
comment on function livespan.refuse_unwatchable(regclass, name, name) is 'Raises an error that says why a table cannot be watched, if so';

-- Watching a table needs no right to create functions in this schema, only the right to create triggers on the table. The proof
-- of that right is a trigger that watch creates first. It calls a function of PostgreSQL's own, as any name in this schema could
-- be that of a date column, and it never fires.
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
    'Writes the trigger function for a table''s date column if the caller may create triggers on that table';

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
        -- Creating a trigger waits for all writers: not when nothing would change
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
        -- Always: whoever sets session_replication_role to replica changes rows that people look at just the same
        execute format('alter table only %s enable always trigger livespan_insert, enable always trigger livespan_update,'
            ' enable always trigger livespan_delete, enable always trigger livespan_truncate', member);
    end loop;
end
$$;
comment on function livespan.watch(regclass, name, name) is
    'Tells of every change of the table on the channel, with the dates it touched. '
    'Call it again after partitions or inheriting tables were added or triggers disabled, or to name another column or channel.';

create or replace function livespan.unwatch(relation regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    member regclass;
    trigger_name name;
begin
    if relation is null then
        raise exception using errcode = 'null_value_not_allowed', message = 'livespan.unwatch needs a table, null was given';
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
comment on function livespan.unwatch(regclass) is 'Tells of the table''s changes no more. Does nothing to a table that is not watched.';

-- Writers need none of these: a trigger fires without them.
grant usage on schema livespan to public;
grant select on livespan.watched to public;
grant execute on all functions in schema livespan to public;
revoke execute on function livespan.define_notifier(name) from public;

-- Tables that were watched with an older version of this file follow the new one.
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

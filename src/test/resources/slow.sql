-- A view that takes as many seconds for a row as the row says.

create table delays (id int primary key, at timestamptz not null, seconds numeric not null);

create view slow as select id, at, seconds, cast(pg_sleep(seconds) as text) as slept from delays;

select livespan.watch('delays', 'at');

select livespan.publish('delays');

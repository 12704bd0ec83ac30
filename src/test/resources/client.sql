-- Tables whose rows are hard to keep in order: many of one date, keys whose order only the database knows, and a key
-- whose column has a comma in its name.

create type size as enum ('small', 'medium', 'large', 'huge', 'Extra', 'tiny', 'a size', 'Z');

create table sizes (day date not null, size size primary key, amount numeric);

create table times (
    at timestamptz not null,
    name text collate "und-x-icu" not null,
    number numeric not null,
    note jsonb,
    primary key (name, number)
);

create table zoneless (at timestamp not null, id text collate "C" primary key, note text);

create table quoted (at timestamptz not null, "a,b" text not null, id int not null, note text, primary key ("a,b", id));

select livespan.watch('sizes', 'day'), livespan.watch('times', 'at'), livespan.watch('zoneless', 'at'),
       livespan.watch('quoted', 'at');

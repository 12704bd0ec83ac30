-- Tables whose rows are hard to keep in order: many of one date, and keys whose order only the database knows.

create type size as enum ('small', 'medium', 'large', 'huge', 'Extra', 'tiny', 'a size', 'Z');

create table sizes (day date not null, size size primary key, amount numeric);

create table moments (
    at timestamptz not null,
    name text collate "und-x-icu" not null,
    number numeric not null,
    note jsonb,
    primary key (name, number)
);

create table days (at timestamp not null, id text collate "C" primary key, note text);

select livespan.watch('sizes', 'day'), livespan.watch('moments', 'at'), livespan.watch('days', 'at');

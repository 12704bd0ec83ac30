-- A feed whose every name and value would be markup or code, if the page let it.

create table public.traps (
    id text primary key,
    at timestamptz not null,
    "<img src=x onerror=alert(1)>" text,
    "__proto__" text,
    "javascript:alert(2)" jsonb
);

select livespan.watch('public.traps', 'at');

-- As a later version of Ripen may add: a process of this one must start beside it, and go on.
create table later (id bigint primary key);
alter table lead add column later text;
alter table touch add column later integer not null default 0;

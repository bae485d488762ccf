-- Once more to some of a letter's recipients only, because the others have it. The previous version does not know them: while
-- it runs as well, it could send to all, so nothing of this is written by anything but a press on “send again”.
alter table deliveries add column only_to text[];
-- Since when it has been tried again and again; null while it goes out as it should.
alter table deliveries add column trying_since timestamptz;

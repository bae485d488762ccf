-- What letters are about; the lists of agents who work mail show it.
alter table conversations add column subject text;

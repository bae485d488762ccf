-- What people call a template that its provider names by a code.
alter table message_templates add column title text;

-- Whether an agent may see a contact is asked for each row of the contact list: answered from the indexes alone, so that it
-- does not read rows all over a long history.
create index conversations_of_contact on conversations (contact_id, created_at desc) include (assignee_id, team_id);
drop index conversations_contact;
create index identities_of_contact on identities (contact_id, inbox_id);
drop index identities_contact;

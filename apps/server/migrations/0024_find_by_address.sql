-- Whoever is known by an address of a channel only is found by it too, and by nothing that grows with everybody's names.
create index identities_address on identities (lower(address)) where address like '%@%';

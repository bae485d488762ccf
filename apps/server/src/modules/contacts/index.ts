export { contactColumns, type ContactRow, toContact } from './contact-row.ts'
export { addIdentity, type ContactInput, createContact } from './create-contact.ts'
export {
  canSeeContact,
  contactVisibleTo,
  currentContactId,
  findContact,
  findContactAt,
  findContactByExternalId,
  identityIn,
  listContacts,
  listIdentities,
  readTrail,
} from './read-contact.ts'
export { recordTrail } from './record-trail.ts'
export { blockContact, touchContact, updateByClaims, updateContact } from './update-contact.ts'
export { announceContact, announceMerge } from './announce-contact.ts'
export { contactRoutes } from './routes.ts'
export { contactChanged, contactsMerged } from './topics.ts'

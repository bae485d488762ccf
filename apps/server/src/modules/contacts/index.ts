export { contactColumns, type ContactRow, toContact } from './contact-row.ts'
export { addIdentity, type ContactInput, createContact } from './create-contact.ts'
export {
  canSeeContact,
  findContact,
  findContactByExternalId,
  listContacts,
  listIdentities,
  readTrail,
} from './read-contact.ts'
export { recordTrail } from './record-trail.ts'
export { blockContact, touchContact, updateByClaims, updateContact } from './update-contact.ts'
export { announceContact } from './announce-contact.ts'
export { contactRoutes } from './routes.ts'
export { contactChanged } from './topics.ts'

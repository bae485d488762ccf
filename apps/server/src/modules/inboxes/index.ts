export { originAllowed } from './allowed-domains.ts'
export { type CalendarFields, createCalendar } from './calendars.ts'
export { createInbox, type NewInbox } from './create-inbox.ts'
export { nextVersion, versionOf } from './edit-version.ts'
export { type VerifiedIdentity, verifyIdentityToken } from './identity-token.ts'
export { rotateInboxSecret } from './inbox-secrets.ts'
export { createInboxes, type Inboxes, type InboxesChange } from './inboxes.ts'
export {
  identitySecretsOf,
  knownInbox,
  readCalendar,
  readInbox,
  readInboxByKey,
  readWidgetConfig,
} from './known-inboxes.ts'
export { replaceQueueInInboxes } from './replace-queue.ts'
export { inboxRoutes } from './routes.ts'
export { seesInbox } from './sight.ts'
export { admitPerson } from './admit-person.ts'
export { createProviders, type Provider, type Providers } from './sign-in-provider.ts'
export { callbackUrlOf, type SignInDeps } from './sign-in-settings.ts'
export { updateInbox } from './update-inbox.ts'

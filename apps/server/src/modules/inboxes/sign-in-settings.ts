import { type SignIn, signInFields, type SignInFields } from '@qiao/protocol'
import type { Selectable } from 'kysely'
import { type Actor, recordAudit, refused } from '#access'
import type { Sealer } from '#platform/crypto'
import type { Database } from '#platform/database/connect'
import type { InboxSignIns } from '#platform/database/schema.gen'
import { AppError } from '#platform/errors'
import type { SafeFetch } from '#platform/safe-fetch'
import { nextVersion, versionOf } from './edit-version.ts'
import { requireInbox } from './store.ts'

export interface SignInDeps {
  db: Database
  sealer: Sealer
  /** Public address of this deployment, without a trailing slash. */
  url: string
  fetch: SafeFetch
}

export interface SavedSignIn {
  fields: SignInFields
  secret: string | null
  version: number
}

const purposeOf = (inboxId: string): string => `sign-in secret ${inboxId}`

/** Each inbox has its own, so that an answer of one provider is never taken for that of another. */
export const callbackUrlOf = (url: string, inboxKey: string): string =>
  `${url}/chat/${encodeURIComponent(inboxKey)}/signed-in`

export async function readSignIn({ db, url }: SignInDeps, inboxId: string): Promise<SignIn> {
  const { key } = await requireInbox(db, inboxId)
  const row = await findRow(db, inboxId)
  return {
    fields: row ? signInFields.parse(row.fields) : null,
    secretSet: typeof row?.secret === 'string',
    callbackUrl: callbackUrlOf(url, key),
    ...(row ? versionOf(row) : { version: 0, changedAt: null, changedBy: null }),
  }
}

/** With the secret, for asking the provider. Null: not set up. */
export async function openSignIn({ db, sealer }: SignInDeps, inboxId: string): Promise<SavedSignIn | null> {
  const row = await findRow(db, inboxId)
  if (!row) return null
  const secret = row.secret === null ? null : sealer.open(row.secret, purposeOf(inboxId))
  return { fields: signInFields.parse(row.fields), secret, version: row.version }
}

const findRow = (db: Database, inboxId: string): Promise<Selectable<InboxSignIns> | undefined> =>
  db.selectFrom('inbox_sign_ins').selectAll().where('inbox_id', '=', inboxId).executeTakeFirst()

interface Wanted {
  version: number
  fields: SignInFields
  /** Undefined: as it is. */
  secret?: string | null | undefined
}

/** Throws `changed-meanwhile` for an old version and `target-url-refused` for an issuer that may not be called. */
export async function saveSignIn(
  deps: SignInDeps,
  inboxId: string,
  { version, fields, secret }: Wanted,
  by: Actor,
  now: Date,
): Promise<void> {
  await requireInbox(deps.db, inboxId)
  if (!isProviderUrl(fields.issuer)) throw refused('fields.issuer', 'An https address without ? and #')
  await deps.fetch.check(fields.issuer)
  await deps.db.transaction().execute(async (tx) => {
    const sealed = typeof secret === 'string' ? deps.sealer.seal(secret, purposeOf(inboxId)) : secret
    const told = JSON.stringify(fields)
    if (version === 0) {
      const row = { inbox_id: inboxId, fields: told, secret: sealed ?? null, changed_at: now }
      const made = await tx
        .insertInto('inbox_sign_ins')
        .values({ ...row, changed_by: by?.agentId ?? null })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows === 0n) throw new AppError('changed-meanwhile')
    } else {
      const saved = await tx
        .updateTable('inbox_sign_ins')
        .set({ fields: told, secret: sealed, ...nextVersion(by, now) })
        .where('inbox_id', '=', inboxId)
        .where('version', '=', version)
        .executeTakeFirst()
      if (saved.numUpdatedRows === 0n) throw new AppError('changed-meanwhile')
    }
    const { issuer, clientId } = fields
    const details = { issuer, clientId, secret: secret !== undefined }
    await recordAudit(tx, by, 'inbox.sign-in-changed', { type: 'inbox', id: inboxId }, details, now)
  })
}

/** Signing in is for https; a provider on this very machine is one that somebody tries it out with. */
export function isProviderUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, search, hash } = new URL(text)
  const here = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
  return (protocol === 'https:' || (protocol === 'http:' && here)) && search === '' && hash === ''
}

import type { MailTemplate } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { type Actor, recordAudit, refused } from '#access'
import { readInbox, seesInbox } from '#inboxes'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { tidyBeside } from './tidy-beside.ts'

type Fields = Omit<MailTemplate, 'id' | 'updatedAt'>

interface Row {
  id: string
  inbox_id: string | null
  name: string
  subject: string
  html: string
  updated_at: Date
}

const toTemplate = (row: Row): MailTemplate => ({
  id: row.id,
  inboxId: row.inbox_id,
  name: row.name,
  subject: row.subject,
  html: row.html,
  updatedAt: row.updated_at.toISOString(),
})

/** Those of all inboxes, and of what the agent sees; by name, as people look for them. */
export async function listMailTemplates(
  db: Database,
  agent: AgentPrincipal,
  inboxId: string | undefined,
): Promise<MailTemplate[]> {
  if (inboxId !== undefined && !seesInbox(agent, inboxId)) throw new AppError('not-found')
  const rows = await db
    .selectFrom('mail_templates')
    .selectAll()
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute()
  return rows
    .filter(({ inbox_id: of }) => of === null || (inboxId === undefined ? seesInbox(agent, of) : of === inboxId))
    .map(toTemplate)
}

export async function createMailTemplate(db: Database, by: Actor, fields: Fields, now: Date): Promise<MailTemplate> {
  const values = { id: uuidv7(), ...(await cleaned(db, fields)), updated_at: now }
  return db.transaction().execute(async (tx) => {
    await tx.insertInto('mail_templates').values(values).execute()
    await recordAudit(tx, by, 'mail-template.created', target(values.id), { name: fields.name }, now)
    return toTemplate(values)
  })
}

export async function updateMailTemplate(
  db: Database,
  by: Actor,
  { id, ...fields }: Fields & { id: string },
  now: Date,
): Promise<MailTemplate> {
  const values = { ...(await cleaned(db, fields)), updated_at: now }
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('mail_templates')
      .set(values)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    if (!row) throw new AppError('not-found')
    await recordAudit(tx, by, 'mail-template.changed', target(id), { name: fields.name }, now)
    return toTemplate(row)
  })
}

export async function deleteMailTemplate(db: Database, by: Actor, id: string, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await tx.deleteFrom('mail_templates').where('id', '=', id).returning('name').executeTakeFirst()
    if (!row) throw new AppError('not-found')
    await recordAudit(tx, by, 'mail-template.deleted', target(id), { name: row.name }, now)
  })
}

const target = (id: string) => ({ type: 'mail-template', id })

/** As the words of a letter: whatever does not belong in one is left out. */
async function cleaned(db: Database, { inboxId, name, subject, html }: Fields) {
  if (inboxId !== null && !(await readInbox(db, inboxId))) throw refused('inboxId', 'There is no such inbox')
  const tidy = await tidyBeside({ html, splits: false })
  if (!tidy || tidy.own.cut) throw new AppError('text-too-long')
  if (tidy.own.html === '') throw refused('html', 'Nothing of it can stand in a mail')
  return { inbox_id: inboxId, name, subject, html: tidy.own.html }
}

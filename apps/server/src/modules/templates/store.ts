import { type DeliveryProblem, deliveryProblem, type MessageTemplate, messageTemplate } from '@qiao/protocol'
import { type Selectable, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type { Database } from '#platform/database/connect'
import type { MessageTemplates } from '#platform/database/schema.gen'
import { forcedStorable } from '#platform/storable'

export type ListedTemplate = Omit<MessageTemplate, 'id'>

const names = z.array(z.string())

export const toTemplate = (row: Selectable<MessageTemplates>): MessageTemplate => ({
  id: row.id,
  name: row.name,
  title: row.title,
  language: row.language,
  category: row.category,
  state: messageTemplate.shape.state.parse(row.state),
  reason: row.reason,
  text: row.text,
  parameters: names.parse(row.parameters),
  places: messageTemplate.shape.places.parse(row.places),
  header: messageTemplate.shape.header.parse(row.header),
  components: messageTemplate.shape.components.parse(row.components),
})

export async function readList(
  db: Database,
  inboxId: string,
): Promise<{ templates: MessageTemplate[]; refreshedAt: Date | null; problem: DeliveryProblem | null }> {
  // In this order: a list that is being written meanwhile is at worst newer than it says.
  const list = await db.selectFrom('template_lists').selectAll().where('inbox_id', '=', inboxId).executeTakeFirst()
  const rows = await db
    .selectFrom('message_templates')
    .selectAll()
    .where('inbox_id', '=', inboxId)
    .orderBy('name')
    .orderBy('language')
    .execute()
  return {
    templates: rows.map(toTemplate),
    refreshedAt: list?.refreshed_at ?? null,
    problem: list?.problem == null ? null : deliveryProblem.parse(list.problem),
  }
}

export async function findTemplate(
  db: Database,
  inboxId: string,
  { name, language }: Pick<MessageTemplate, 'name' | 'language'>,
): Promise<MessageTemplate | null> {
  const row = await db
    .selectFrom('message_templates')
    .selectAll()
    .where('inbox_id', '=', inboxId)
    .where('name', '=', name)
    .where('language', '=', language)
    .executeTakeFirst()
  return row ? toTemplate(row) : null
}

/** What the provider lists is what there is. Two that ask at once write one after the other. */
export async function replaceList(
  db: Database,
  inboxId: string,
  listed: readonly ListedTemplate[],
  now: Date,
): Promise<void> {
  // Providers may name one twice; the later word counts.
  const unique = new Map(listed.map((template) => [`${template.name}\n${template.language}`, template]))
  const rows = forcedStorable([...unique.values()].map((template) => ({ ...template, id: uuidv7() })))
  await db.transaction().execute(async (tx) => {
    await sql`
      insert into template_lists (inbox_id, refreshed_at, problem) values (${inboxId}, ${now}, null)
      on conflict (inbox_id) do update set refreshed_at = excluded.refreshed_at, problem = null`.execute(tx)
    await sql`
      with listed as (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as listed (id uuid, name text, title text, language text,
          category text, state text, reason text, text text, parameters jsonb, places jsonb, header text, components jsonb)
      ), gone as (
        delete from message_templates as known where inbox_id = ${inboxId}
          and not exists (select from listed where listed.name = known.name and listed.language = known.language)
      )
      insert into message_templates as known
        (id, inbox_id, name, title, language, category, state, reason, text, parameters, places, header, components, changed_at)
      select id, ${inboxId}::uuid, name, title, language, category, state, reason, text, parameters, places, header, components, ${now}::timestamptz
      from listed
      on conflict (inbox_id, name, language) do update set title = excluded.title, category = excluded.category, state = excluded.state,
        reason = coalesce(excluded.reason, case when known.state = excluded.state then known.reason end), text = excluded.text, parameters = excluded.parameters,
        places = excluded.places, header = excluded.header, components = excluded.components, changed_at = excluded.changed_at`.execute(
      tx,
    )
  })
}

/** What is known stays: an old list is better than none. */
export async function keepListProblem(db: Database, inboxId: string, problem: DeliveryProblem): Promise<void> {
  await sql`
    insert into template_lists (inbox_id, problem) values (${inboxId}, ${JSON.stringify(problem)})
    on conflict (inbox_id) do update set problem = excluded.problem`.execute(db)
}

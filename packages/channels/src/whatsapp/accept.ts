import type { Accepted, RawEvent, RawRequest } from '../contract.ts'
import type { Json, JsonObject } from '../json.ts'
import { acceptMeta, idOfContent, numberIn, objectIn, objectsIn, textIn } from '../families/meta/webhook.ts'
import type { Config } from './config.ts'

export const accept = (request: RawRequest, config: Config): Accepted => acceptMeta(request, config, eventsOf)

/** Batches come apart here: `entry[] → changes[] → messages[], statuses[], errors[], message_echoes[]`. */
function eventsOf(body: JsonObject): RawEvent[] {
  return objectsIn(body.entry).flatMap((entry) =>
    objectsIn(entry.changes).flatMap((change) => eventsOfChange(change, numberIn(entry.time) * 1000, entry.id ?? null)),
  )
}

function eventsOfChange({ field, value }: JsonObject, entryAt: number, account: Json): RawEvent[] {
  const whole = objectIn(value)
  const number = objectIn(whole.metadata).phone_number_id
  const common: JsonObject = { field: field ?? null, number: number ?? null }
  const contacts = objectsIn(whole.contacts)
  const events = [
    ...objectsIn(whole.messages).map((message) => {
      const contact = contactOf(message, contacts)
      // What is said in a group is one conversation, whoever says it.
      const key =
        textIn(message.group_id) ?? textIn(message.from_user_id) ?? textIn(contact?.user_id) ?? textIn(message.from)
      const data = { ...common, message, ...(contact ? { contact } : {}) }
      return event(textIn(message.id), key, numberIn(message.timestamp) * 1000, data)
    }),
    ...objectsIn(whole.message_echoes).map((echo) => {
      const contact = contacts[0]
      const key = textIn(echo.to_user_id) ?? textIn(contact?.user_id) ?? textIn(echo.to)
      const data = { ...common, echo, ...(contact ? { contact } : {}) }
      return event(textIn(echo.id), key, numberIn(echo.timestamp) * 1000, data)
    }),
    ...objectsIn(whole.statuses).map((status) => {
      // Each member of a group has marks of their own.
      const ids = [status.id, status.status, status.recipient_participant_id].flatMap((id) => textIn(id) ?? [])
      const key = textIn(status.recipient_user_id) ?? textIn(status.recipient_id)
      return event(ids.join(':') || undefined, key, numberIn(status.timestamp) * 1000, { ...common, status })
    }),
    ...objectsIn(whole.errors).map((error) =>
      event(undefined, undefined, entryAt, { ...common, error, time: entryAt }, entryAt),
    ),
  ]
  return events.length > 0
    ? events
    : [event(undefined, undefined, entryAt, { ...common, account, value: whole, time: entryAt }, entryAt)]
}

function event(id: string | undefined, key: string | undefined, position: number, data: JsonObject, salt: Json = 0) {
  return { id: id ?? idOfContent([salt, data]), orderKey: key ?? 'account', position, data }
}

function contactOf(message: JsonObject, contacts: readonly JsonObject[]): JsonObject | undefined {
  const theirs = contacts.find(
    ({ wa_id: phone, user_id: user }) =>
      (textIn(phone) !== undefined && phone === message.from) ||
      (textIn(user) !== undefined && user === message.from_user_id),
  )
  return theirs ?? (contacts.length === 1 ? contacts[0] : undefined)
}

import type { Accepted, RawEvent, RawRequest } from '../../contract.ts'
import type { JsonObject } from '../../json.ts'
import { acceptMeta, idOfContent, type MetaSecrets, numberIn, objectIn, objectsIn, textIn } from './webhook.ts'

/** Messenger and Instagram: `entry[] → messaging[], standby[], changes[]`. */
export const acceptMessaging = (request: RawRequest, secrets: MetaSecrets): Accepted =>
  acceptMeta(request, secrets, (body) =>
    objectsIn(body.entry).flatMap((entry) => {
      const account = textIn(entry.id) ?? ''
      return [
        ...objectsIn(entry.messaging).map((item) => eventOf(account, { account, item }, item)),
        ...objectsIn(entry.standby).map((item) => eventOf(account, { account, standby: item }, item, 'standby:')),
        ...changesOf(entry).map((change) => changeOf(account, change, numberIn(entry.time))),
        ...(known.some((field) => field in entry) ? [] : [restOf(account, entry)]),
      ]
    }),
  )

const known = ['messaging', 'standby', 'changes', 'field']

/** Some apps get each change as the entry itself. https://developers.facebook.com/docs/instagram-platform/webhooks/examples (2025-11-24) */
const changesOf = (entry: JsonObject): JsonObject[] => [
  ...objectsIn(entry.changes),
  ...(typeof entry.field === 'string' ? [{ field: entry.field, value: entry.value ?? null }] : []),
]

/** Of a shape that nobody documents: kept, so that it can be looked at. */
const restOf = (account: string, entry: JsonObject): RawEvent => {
  const time = inMilliseconds(numberIn(entry.time))
  return { id: idOfContent(entry), orderKey: account, position: time, data: { account, entry, time } }
}

/** In seconds, but for some of Instagram's. */
const inMilliseconds = (time: number): number => (time > 100_000_000_000 ? time : time * 1000)

function eventOf(account: string, data: JsonObject, item: JsonObject, prefix = ''): RawEvent {
  const sender = textIn(objectIn(item.sender).id)
  const customer = sender === undefined || sender === account ? textIn(objectIn(item.recipient).id) : sender
  return {
    id: prefix + (idOf(item) ?? idOfContent(data)),
    orderKey: customer ?? account,
    position: numberIn(item.timestamp),
    data,
  }
}

/** Messages have ids; a deletion comes under the id of what is deleted, and the rest is told apart by all that it says. */
function idOf(item: JsonObject): string | undefined {
  const message = objectIn(item.message)
  const mid = textIn(message.mid) ?? textIn(objectIn(item.postback).mid)
  return mid !== undefined && message.is_deleted === true ? `deleted:${mid}` : mid
}

function changeOf(account: string, change: JsonObject, entryTime: number): RawEvent {
  const time = inMilliseconds(entryTime)
  const value = objectIn(change.value)
  // Comments under posts that are advertised come twice.
  const comment = change.field === 'comments' || change.field === 'live_comments' ? textIn(value.id) : undefined
  return {
    id: comment ? `comment:${comment}` : idOfContent([time, change]),
    orderKey: textIn(objectIn(value.from).id) ?? account,
    position: time,
    data: { account, change, time },
  }
}

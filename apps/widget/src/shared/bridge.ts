import type { WidgetConfig } from '@qiao/protocol/inbox'
import { trusted } from './trusted.ts'
import type { QiaoCommands, QiaoEvents } from '../sdk.ts'

/**
 * What the host page and the chat's frame say to each other by postMessage. Both sides take a message only from the
 * window and the origin that they expect, and answer only to that origin.
 */
export interface PageSeen {
  url: string
  title?: string
  referrer?: string
}

export type FrameCommand = {
  [Name in keyof QiaoCommands]: { type: 'command'; name: Name; args: Parameters<QiaoCommands[Name]> }
}[keyof QiaoCommands]

export type ToFrame =
  | { type: 'init'; config: WidgetConfig; locale: string | null; agent: string | null; open: boolean; page: PageSeen }
  | { type: 'open'; open: boolean }
  | { type: 'page'; page: PageSeen }
  | FrameCommand

type FrameEvent = {
  [Name in keyof QiaoEvents]: { type: 'event'; name: Name; detail: QiaoEvents[Name] }
}[keyof QiaoEvents]

export type ToHost =
  /** The frame is there and waits for `init`. Carries nothing, so it may be said before the host's origin is known. */
  { type: 'boot' } | { type: 'close' } | { type: 'visitor'; known: boolean } | FrameEvent

const mark = 'qiao'

export const wrap = (message: ToFrame | ToHost): { [mark]: ToFrame | ToHost } => ({ [mark]: message })

/** The message inside an event, or null when it is from elsewhere or not ours. A null origin stands for "not known yet". */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- each side names what it hears
export function unwrap<Message extends ToFrame | ToHost>(
  event: Pick<MessageEvent<unknown>, 'data' | 'origin' | 'source'>,
  from: { window: unknown; origin: string | null },
): Message | null {
  if (!from.window || event.source !== from.window) return null
  if (from.origin !== null && event.origin !== from.origin) return null
  const { data } = event
  if (typeof data !== 'object' || data === null || !(mark in data)) return null
  const message = data[mark]
  // The other end is our own build behind a checked origin: a type tag is all that is left to look at.
  return typeof message === 'object' && message !== null && 'type' in message ? trusted<Message>(message) : null
}

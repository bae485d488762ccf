import { z } from 'zod'
import type { Accepted, RawRequest } from '../contract.ts'
import { isObject, parseJson } from '../json.ts'
import { same } from '../standard-webhooks.ts'
import { type TelegramConfig, webhookSecret } from './config.ts'
import { wantedUpdates } from './update.ts'

const numbered = z.looseObject({ update_id: z.int() })

export function accept(request: RawRequest, config: TelegramConfig, now: Date): Accepted {
  const given = request.headers['x-telegram-bot-api-secret-token'] ?? ''
  if (!same(given, webhookSecret(config))) {
    return { kind: 'refused', reason: 'The secret token is missing or not ours', response: { status: 401, body: '' } }
  }
  const update = parseJson(request.body)
  // Not as Telegram wrote it: the next try may bring it whole.
  if (update === undefined) {
    return { kind: 'refused', reason: 'The body is not JSON', response: { status: 400, body: '' } }
  }
  const parsed = numbered.safeParse(update)
  // Anything but 2xx would have it sent again for a day.
  if (!parsed.success) return { kind: 'answer', response: { status: 200, body: '' } }
  return {
    kind: 'accepted',
    events: [
      {
        id: String(parsed.data.update_id),
        orderKey: chatOf(parsed.data),
        position: parsed.data.update_id,
        data: { receivedAt: now.toISOString(), update },
      },
    ],
    response: answer(parsed.data),
  }
}

/** Until a pressed button is answered it shows a clock; the answer may be ours to the webhook itself. */
function answer({ callback_query: pressed }: Record<string, unknown>) {
  if (!isObject(pressed) || typeof pressed.id !== 'string') return { status: 200, body: '' }
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'answerCallbackQuery', callback_query_id: pressed.id }),
  }
}

function chatOf(update: Record<string, unknown>): string {
  const inner = wantedUpdates.map((kind) => update[kind]).find(isObject)
  const chat = inner?.chat ?? (isObject(inner?.message) ? inner.message.chat : undefined)
  return isObject(chat) && typeof chat.id === 'number' ? String(chat.id) : 'account'
}

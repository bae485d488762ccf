import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { same } from '../standard-webhooks.ts'
import { parseJson } from '../json.ts'

const shown = z.object({ id: z.int(), first_name: z.string().optional(), last_name: z.string().optional() })

/**
 * Who opened our chat inside of Telegram as a Mini App; null when the data is not from Telegram or older than `maxAgeMs`.
 * https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app (2026-06-11)
 */
export function initDataUser(
  initData: string,
  token: string,
  now: Date,
  maxAgeMs: number,
): { address: string; name?: string } | null {
  const fields = new URLSearchParams(initData)
  const hash = fields.get('hash') ?? ''
  fields.delete('hash')
  const lines = [...fields]
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('\n')
  const key = createHmac('sha256', 'WebAppData').update(token).digest()
  if (!same(hash, createHmac('sha256', key).update(lines).digest('hex'))) return null
  const age = now.getTime() - Number(fields.get('auth_date')) * 1000
  if (!(age <= maxAgeMs)) return null
  const user = shown.safeParse(parseJson(fields.get('user') ?? ''))
  if (!user.success) return null
  const name = [user.data.first_name, user.data.last_name].filter(Boolean).join(' ')
  return { address: String(user.data.id), ...(name ? { name } : {}) }
}

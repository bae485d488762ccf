import { z } from 'zod'
import type { Context, Entrance } from '../contract.ts'
import type { Problem } from '../problem.ts'
import { call, problemOf } from './api.ts'
import type { TelegramConfig } from './config.ts'

const bot = z.object({ username: z.string().min(1) })

/** Comes back as `/start PARAMETER`: https://core.telegram.org/bots/features#deep-linking (2026-11) */
export async function entrance(parameter: string, context: Context<TelegramConfig>): Promise<Entrance | Problem> {
  const answer = await call('getMe', {}, context)
  if (answer.kind !== 'result') return problemOf(answer)
  const me = bot.safeParse(answer.result)
  if (!me.success) return { code: 'provider-failed', detail: 'The bot has no name' }
  return { url: `https://t.me/${me.data.username}?start=${parameter}`, as: 'link', endsAt: null }
}

import { z } from 'zod'
import type { Context, Entrance } from '../contract.ts'
import { graph, problemOf } from '../families/meta/graph.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { rules } from './errors.ts'

const number = z.object({ display_phone_number: z.string().min(5) })

/** Click to chat: the parameter stands in the composer, to be sent as the first words. */
export async function entrance(parameter: string, context: Context<Config>): Promise<Entrance | Problem> {
  const query = { fields: 'display_phone_number' }
  const answer = await graph(context, { method: 'GET', path: context.config.phoneNumberId, query })
  if (answer.kind !== 'ok') return problemOf(answer, rules)
  const found = number.safeParse(answer.value)
  if (!found.success) return { code: 'provider-failed', detail: 'The answer holds no number' }
  const digits = found.data.display_phone_number.replaceAll(/\D/gu, '')
  return { url: `https://wa.me/${digits}?text=${parameter}`, as: 'link', endsAt: null }
}

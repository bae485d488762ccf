import { z } from 'zod'
import type { Context, MediaResult, Signal } from '../contract.ts'
import type { MediaReference } from '../events.ts'
import { graph, problemOf, resultOf } from '../families/meta/graph.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { rules } from './errors.ts'

const described = z.object({ url: z.url(), mime_type: z.string().optional() })
const largest = 100 * 1_048_576

/** The address that an id stands for lives five minutes and wants the token: it is asked for each time. */
export async function fetchMedia({ id, name }: MediaReference, context: Context<Config>): Promise<MediaResult> {
  if (!id) return { kind: 'gone', problem: { code: 'media-gone', detail: 'No media id' } }
  const { phoneNumberId, accessToken } = context.config
  const answer = await graph(context, { method: 'GET', path: id, query: { phone_number_id: phoneNumberId } })
  if (answer.kind !== 'ok') {
    const failed = resultOf(answer, rules, true)
    if (failed.kind === 'retry') return failed
    // Ids of what customers sent are forgotten after seven days; a refused token is repaired by people.
    return failed.problem.code === 'credentials-refused'
      ? { kind: 'retry', afterMs: 300_000, problem: failed.problem }
      : { kind: 'gone', problem: { ...failed.problem, code: 'media-gone' } }
  }
  const found = described.safeParse(answer.value).data
  if (!found) return { kind: 'gone', problem: { code: 'media-gone', detail: 'Media without an address' } }
  const file = await context.http(found.url, {
    headers: { authorization: `Bearer ${accessToken}` },
    maxBytes: largest,
    timeoutMs: 60_000,
  })
  if (file.kind === 'silence') return { kind: 'retry', afterMs: null, problem: { code: 'no-answer' } }
  if (file.status !== 200) {
    const problem = { code: 'provider-failed', providerCode: `HTTP ${file.status}` } as const
    return { kind: 'retry', afterMs: null, problem }
  }
  return {
    kind: 'fetched',
    bytes: file.body,
    ...(found.mime_type ? { mime: found.mime_type } : {}),
    ...(name ? { name } : {}),
  }
}

/** Typing is shown together with the read mark, for 25 seconds or until the answer. */
export async function signal(said: Signal, context: Context<Config>): Promise<Problem | null> {
  if (!said.messageId) return null
  const answer = await graph(context, {
    method: 'POST',
    path: `${context.config.phoneNumberId}/messages`,
    json: {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: said.messageId,
      ...(said.kind === 'typing' ? { typing_indicator: { type: 'text' } } : {}),
    },
  })
  return answer.kind === 'ok' ? null : problemOf(answer, rules)
}

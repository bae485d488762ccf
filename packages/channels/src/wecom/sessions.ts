import type { Context, Ended, Moved } from '../contract.ts'
import { callApi, problemOf } from '../families/wechat/api.ts'
import { problem } from '../families/wechat/words.ts'
import type { Problem } from '../problem.ts'
import { wecomApi } from './api.ts'
import type { Config } from './config.ts'
import { movedWords } from './session-words.ts'

/**
 * Sessions: 0 new, 1 with us by the API, 2 in the pool, 3 with people in WeCom, 4 over. From 0 and 1 we may write, and may end it.
 * https://developer.work.weixin.qq.com/document/path/94669 (2026-11)
 */
const ours: readonly unknown[] = [0, 1]
const pool = 2
const people = 3
const over = 4

/** 4 cannot be left by the API: the customer's next words begin a session, with a welcome before them. */
export async function ended(customer: string, context: Context<Config>): Promise<Ended | Problem> {
  if (context.config.closing === 'keep') return { shut: false }
  const session = { open_kfid: context.config.openKfId, external_userid: customer }
  const state = await callApi(context, wecomApi, { path: 'cgi-bin/kf/service_state/get', json: session })
  if (state.kind !== 'ok') return problemOf(state)
  if (state.value.service_state === over) return { shut: true }
  // People in WeCom who have it, or will, end it themselves.
  if (!ours.includes(state.value.service_state)) return { shut: false }
  const json = { ...session, service_state: over }
  const answer = await callApi(context, wecomApi, { path: 'cgi-bin/kf/service_state/trans', json })
  return answer.kind === 'ok' ? { shut: true } : problemOf(answer)
}

const moved = (state: Moved['state']): Moved => ({ state, words: movedWords[state] })

/**
 * Of the documented transitions these: from 0 and 1 into the pool (2), from 2 and 3 to the end (4). Nothing leads from people back
 * into the pool, and nothing from the pool or from people to us but the customer's next words after the end.
 */
export async function moveSession(
  to: 'theirs' | 'over',
  customer: string,
  context: Context<Config>,
): Promise<Moved | Problem> {
  const session = { open_kfid: context.config.openKfId, external_userid: customer }
  const asked = await callApi(context, wecomApi, { path: 'cgi-bin/kf/service_state/get', json: session })
  if (asked.kind !== 'ok') return problemOf(asked)
  const { service_state: state } = asked.value
  if (to === 'theirs' && state === over) return problem('window-closed')
  if (to === 'theirs' && state === people) return problem('held-elsewhere')
  if (to === 'theirs' && state === pool) return moved('theirs')
  if (to === 'over' && ours.includes(state)) return moved('ours')
  if (to === 'over' && state === over) return moved('over')
  const json = { ...session, service_state: to === 'theirs' ? pool : over }
  const answer = await callApi(context, wecomApi, { path: 'cgi-bin/kf/service_state/trans', json })
  if (answer.kind === 'ok') return moved(to)
  // It changed since we asked, or WeCom wants otherwise: its words say which.
  const why = problemOf(answer)
  return why.code === 'window-closed' ? { ...why, code: 'not-permitted' } : why
}

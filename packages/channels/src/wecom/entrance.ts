import { z } from 'zod'
import type { Context, Entrance } from '../contract.ts'
import { callApi, problemOf } from '../families/wechat/api.ts'
import { problem } from '../families/wechat/words.ts'
import type { Problem } from '../problem.ts'
import { wecomApi } from './api.ts'
import type { Config } from './config.ts'

/** Only links with a scene bring a parameter back; this one says that the link is ours, and the parameter all there is. */
export const ownScene = 'qiao'

const created = z.object({ url: z.url() })

/** https://developer.work.weixin.qq.com/document/path/96416 (2026-11) */
export async function entrance(parameter: string, context: Context<Config>): Promise<Entrance | Problem> {
  const json = { open_kfid: context.config.openKfId, scene: ownScene }
  const answer = await callApi(context, wecomApi, { path: 'cgi-bin/kf/add_contact_way', json })
  if (answer.kind !== 'ok') return problemOf(answer)
  const link = created.safeParse(answer.value)
  if (!link.success) return problem('provider-failed', 'The answer holds no link')
  // Put behind it as it is: WeCom checks that nobody changed the rest.
  const { url } = link.data
  const own = `scene_param=${encodeURIComponent(parameter)}`
  return { url: `${url}${url.includes('?') ? '&' : '?'}${own}`, as: 'link', endsAt: null }
}

import { z } from 'zod'
import type { Context, Entrance } from '../contract.ts'
import { callApi, problemOf } from '../families/wechat/api.ts'
import { platform } from '../families/wechat/platform.ts'
import { problem } from '../families/wechat/words.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'

/**
 * A code with a parameter, for as long as a passing one can last: of lasting ones an account has 100,000.
 * https://developers.weixin.qq.com/doc/service/Account_Management/Generating_a_Parametric_QR_Code.html (2026-11)
 */
const longest = 2_592_000

const created = z.object({ url: z.url(), expire_seconds: z.coerce.number().positive().catch(longest) })

export async function entrance(parameter: string, context: Context<Config>): Promise<Entrance | Problem> {
  const json = {
    expire_seconds: longest,
    action_name: 'QR_STR_SCENE',
    action_info: { scene: { scene_str: parameter } },
  }
  const answer = await callApi(context, platform, { path: 'cgi-bin/qrcode/create', json })
  if (answer.kind !== 'ok') return problemOf(answer)
  const code = created.safeParse(answer.value)
  if (!code.success) return problem('provider-failed', 'The answer holds no address of a code')
  const endsAt = new Date(context.now().getTime() + code.data.expire_seconds * 1000).toISOString()
  return { url: code.data.url, as: 'code', endsAt }
}

import { z } from 'zod'
import type { Context, Finding } from '../contract.ts'
import { findingOf } from '../families/meta/check.ts'
import { problemOf } from '../families/meta/graph.ts'
import { askMe, subscription } from '../families/meta/messaging-lifecycle.ts'
import { messagingRules } from '../families/meta/messaging-send.ts'
import type { Config } from './config.ts'

export const fields =
  'messages,messaging_postbacks,message_deliveries,message_reads,message_echoes,message_edits,message_reactions,messaging_referrals,messaging_optins'

const page = z.object({ id: z.coerce.string(), name: z.string().catch('') })

export async function check(context: Context<Config>): Promise<Finding[]> {
  const answer = await askMe(context, 'id,name')
  if (answer.kind !== 'ok') return [findingOf(answer, problemOf(answer, messagingRules))]
  const found = page.safeParse(answer.value).data
  if (found?.id !== context.config.pageId) {
    return [
      {
        ok: false,
        words: {
          zh: `令牌属于“${found?.name ?? ''}”（${found?.id ?? ''}），不是这个主页：请为这个主页生成令牌。`,
          en: `The token is of “${found?.name ?? ''}” (${found?.id ?? ''}), not of this Page: make one for this Page.`,
        },
      },
    ]
  }
  const words = { zh: `已连接主页“${found.name}”。`, en: `Connected to the Page “${found.name}”.` }
  return [{ ok: true, words }, await subscription(context, fields)]
}

import { z } from 'zod'
import type { Context, Finding } from '../contract.ts'
import { findingOf } from '../families/meta/check.ts'
import { problemOf } from '../families/meta/graph.ts'
import { askMe, subscription } from '../families/meta/messaging-lifecycle.ts'
import { messagingRules } from '../families/meta/messaging-send.ts'
import type { Config } from './config.ts'

export const fields =
  'messages,messaging_postbacks,messaging_seen,message_edit,message_reactions,messaging_referral,comments,live_comments,mentions'
/** A Page passes on what is said to its Instagram account under these. */
const pageFields = 'messages,messaging_postbacks,message_reads,message_reactions,messaging_referrals'

const loginHost = 'graph.instagram.com'
/** Its tokens are of the person, last sixty days, and are asked about in another way; also through a proxy that has the host in its path. */
export function isInstagramLogin({ apiUrl }: Pick<Config, 'apiUrl'>): boolean {
  const { hostname, pathname } = new URL(apiUrl)
  return hostname === loginHost || pathname.startsWith(`/${loginHost}/`)
}
export const subscribedFields = (config: Config): string => (isInstagramLogin(config) ? fields : pageFields)

const account = z.object({
  user_id: z.coerce.string().optional(),
  username: z.string().optional(),
  instagram_business_account: z.object({ id: z.coerce.string(), username: z.string().optional() }).optional(),
})

export async function check(context: Context<Config>): Promise<Finding[]> {
  const { config } = context
  const wanted = isInstagramLogin(config) ? 'user_id,username' : 'id,name,instagram_business_account{id,username}'
  const answer = await askMe(context, wanted)
  if (answer.kind !== 'ok') return [findingOf(answer, problemOf(answer, messagingRules))]
  const found = account.safeParse(answer.value).data
  const [id, username] = isInstagramLogin(config)
    ? [found?.user_id, found?.username]
    : [found?.instagram_business_account?.id, found?.instagram_business_account?.username]
  if (id !== config.accountId) {
    return [
      {
        ok: false,
        words: {
          zh: `令牌对应的 Instagram 账户是 ${id ?? '无'}：请把专业账户与主页关联，再为它生成令牌。`,
          en: `The token is of the Instagram account ${id ?? '(none)'}: link the professional account to the Page and make a token for it.`,
        },
      },
    ]
  }
  const words = { zh: `已连接 @${username ?? id}。`, en: `Connected to @${username ?? id}.` }
  return [{ ok: true, words }, await subscription(context, subscribedFields(config))]
}

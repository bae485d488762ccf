import type { Finding, Words } from '../../contract.ts'
import type { GraphFailure } from './graph.ts'
import type { Problem, ProblemCode } from '../../problem.ts'

/** What an administrator does about a refusal of Meta's. */
const advice: Partial<Record<ProblemCode, Words>> = {
  'credentials-refused': {
    zh: '访问令牌无效或已过期：请在 Meta 重新生成令牌并填到这里。',
    en: 'The access token is invalid or has expired: make a new one at Meta and enter it here.',
  },
  'not-permitted': {
    zh: '令牌缺少权限：请在 Meta 给系统用户分配这个资产，并在生成令牌时勾选所需权限。',
    en: 'The token lacks a permission: assign this asset to the system user at Meta and tick the permissions when making the token.',
  },
  'account-restricted': {
    zh: 'Meta 限制了这个账户：请在商务支持主页查看原因并申诉。',
    en: 'Meta has restricted this account: see the reason in Business Support Home and appeal there.',
  },
  'rate-limited': { zh: '调用过于频繁：请稍后再检查。', en: 'Too many calls: check again later.' },
  'provider-failed': { zh: 'Meta 暂时出错：请稍后再检查。', en: 'Meta has a fault for now: check again later.' },
  'no-answer': {
    zh: 'Meta 没有回答：请检查服务器能否访问互联网。',
    en: 'Meta did not answer: see whether the server can reach the internet.',
  },
}
const wrongSecret: Words = {
  zh: '应用密钥不属于签发令牌的应用：请从“应用设置 → 基本”重新复制。',
  en: 'The app secret is not of the app that made the token: copy it again from App settings → Basic.',
}
const wrongId: Words = {
  zh: 'Meta 找不到这个编号：请核对编号，以及令牌能否访问它。',
  en: 'Meta does not know this ID: compare it, and whether the token may see it.',
}

export function findingOf(failure: GraphFailure, problem: Problem): Finding {
  const isProof = failure.kind === 'error' && /appsecret_proof/u.test(failure.error.message)
  const words = isProof ? wrongSecret : (advice[problem.code] ?? wrongId)
  const detail = problem.providerCode ? ` (${problem.providerCode})` : ''
  return { ok: false, words: { zh: words.zh + detail, en: words.en + detail } }
}

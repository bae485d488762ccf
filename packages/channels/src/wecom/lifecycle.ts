import { z } from 'zod'
import type { Context, Finding, Profile, Words } from '../contract.ts'
import { callApi, problemOf } from '../families/wechat/api.ts'
import { findingWords, type KnownCodes } from '../families/wechat/findings.ts'
import { asWebUrl, word } from '../families/wechat/message.ts'
import { wecomApi } from './api.ts'
import type { Config } from './config.ts'

const accounts = z.object({
  account_list: z
    .array(z.object({ open_kfid: z.string(), name: z.string().catch(''), manage_privilege: z.boolean().optional() }))
    .catch([]),
})

export async function check(context: Context<Config>): Promise<Finding[]> {
  const json = { offset: 0, limit: 100 }
  const answer = await callApi(context, wecomApi, { path: 'cgi-bin/kf/account/list', json })
  if (answer.kind !== 'ok') return [{ ok: false, words: findingWords(problemOf(answer), names, known) }]
  const list = accounts.parse(answer.value).account_list
  const own = list.find(({ open_kfid: id }) => id === context.config.openKfId)
  if (!own) return [{ ok: false, words: notThere(list.map(({ open_kfid: id, name }) => `${name} ${id}`).join(', ')) }]
  const working = { zh: `已连接客服账号“${own.name}”。`, en: `Connected to the account “${own.name}”.` }
  return [{ ok: true, words: working }, ...(own.manage_privilege === false ? [unmanaged] : [])]
}

const notThere = (known: string): Words => ({
  zh: `没有这个客服账号。应用可用的账号：${known || '无，请在“微信客服 → 可调用接口的应用”里关联'}。`,
  en: `There is no such account. The app can use: ${known || 'none; link it under “WeChat Customer Service → Apps That Can Call the API”'}.`,
})
const unmanaged: Finding = {
  ok: false,
  words: {
    zh: '这个客服账号没有交给接口管理：在“微信客服 → 通过 API 管理微信客服账号”里加上它。',
    en: 'This account is not managed by the API: add it under “WeChat Customer Service → Manage Accounts by API”.',
  },
}

const names = { service: { zh: '企业微信', en: 'WeCom' }, id: { zh: '企业 ID ', en: 'CorpID' }, secret: 'Secret' }
const known: KnownCodes = {
  60020: (detail) => ({
    zh: `本服务器的 IP 不在应用的“企业可信 IP”：加入它。（${detail}）`,
    en: `The IP of this server is not trusted: add it to “Trusted IPs” of the app. (${detail})`,
  }),
  48002: () => ({
    zh: '应用没有微信客服接口权限：在“微信客服 → 可调用接口的应用”里加上它。',
    en: 'The app may not use the API: add it under “WeChat Customer Service → Apps That Can Call the API”.',
  }),
}

const customers = z.object({
  customer_list: z.array(z.object({ nickname: word, avatar: word, gender: z.number().catch(0), unionid: word })),
})

export async function profile(address: string, context: Context<Config>): Promise<Profile | null> {
  const json = { external_userid_list: [address], need_enter_session_context: 0 }
  const answer = await callApi(context, wecomApi, { path: 'cgi-bin/kf/customer/batchget', json })
  const [person] = answer.kind === 'ok' ? (customers.safeParse(answer.value).data?.customer_list ?? []) : []
  if (!person) return null
  const gender = { 1: 'male', 2: 'female' }[person.gender]
  const avatarUrl = asWebUrl(person.avatar)
  return {
    ...(person.nickname ? { name: person.nickname } : {}),
    ...(avatarUrl ? { avatarUrl } : {}),
    attributes: gender ? { gender } : {},
    ...(person.unionid ? { aliases: [{ kind: 'union', value: person.unionid }] } : {}),
  }
}

export const setup = (callbackUrl: string, { token, aesKey }: Config): { label: Words; value: string }[] => [
  { label: { zh: '回调 URL', en: 'Callback URL' }, value: callbackUrl },
  { label: { zh: 'Token', en: 'Token' }, value: token },
  { label: { zh: 'EncodingAESKey', en: 'EncodingAESKey' }, value: aesKey },
]

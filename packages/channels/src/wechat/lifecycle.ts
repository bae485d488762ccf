import { z } from 'zod'
import type { Context, Finding, Profile } from '../contract.ts'
import { callApi } from '../families/wechat/api.ts'
import { word } from '../families/wechat/message.ts'
import { checkKey, checkToken, platform } from '../families/wechat/platform.ts'
import type { Config } from './config.ts'

export async function check(context: Context<Config>): Promise<Finding[]> {
  const token = await checkToken(context)
  if (context.config.api === 'passive') return [...checkKey(context.config), token, onlyAnswers]
  return [...checkKey(context.config), token, ...(token.ok ? [await checkPermission(context)] : [])]
}

const onlyAnswers: Finding = {
  ok: true,
  words: {
    zh: '只用被动回复：每条客户消息可以回一条，15 秒内没有回复的，随客户的下一条消息发出。',
    en: 'Answers to calls only: one for each message of a customer; what is not ready within 15 seconds goes out with their next one.',
  },
}

/** 65400: no accounts of WeChat's own customer service, which nobody needs here. */
async function checkPermission(context: Context<Config>): Promise<Finding> {
  const answer = await callApi(context, platform, { path: 'cgi-bin/customservice/getkflist' })
  if (answer.kind === 'ok' || (answer.kind === 'refused' && answer.code === 65_400)) {
    return { ok: true, words: { zh: '可以发客服消息。', en: 'Customer service messages can be sent.' } }
  }
  return {
    ok: false,
    words: {
      zh: '没有客服消息权限：公众号需要通过微信认证，见“设置与开发 → 接口权限”；未认证的公众号请把“发送方式”改为“只有被动回复”。',
      en: 'No permission for customer service messages: the account must be verified; see “Settings & Development → API Permissions”. For one that is not, set “How messages leave” to answers only.',
    },
  }
}

const person = z.object({
  subscribe: z.number().catch(0),
  language: word,
  remark: word,
  subscribe_scene: word,
  qr_scene_str: word,
  unionid: word,
})

/**
 * Names and pictures are withheld since 2021-12-27. The unionid is there for followers, once the account is bound to an
 * open platform account: https://developers.weixin.qq.com/doc/offiaccount/User_Management/Get_users_basic_information_UnionID.html (2026-11)
 */
export async function profile(address: string, context: Context<Config>): Promise<Profile | null> {
  const answer = await callApi(context, platform, {
    path: 'cgi-bin/user/info',
    query: { openid: address, lang: 'zh_CN' },
  })
  if (answer.kind !== 'ok') return null
  const {
    subscribe,
    language,
    remark,
    unionid,
    subscribe_scene: scene,
    qr_scene_str: code,
  } = person.parse(answer.value)
  const facts = { following: subscribe === 1 ? 'yes' : 'no', remark, followedBy: scene, code }
  const attributes = Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value ? [[name, value] as const] : [])),
  )
  return {
    ...(language ? { language: language.replace('_', '-') } : {}),
    attributes,
    ...(unionid ? { aliases: [{ kind: 'union', value: unionid }] } : {}),
  }
}

import type { Context, Finding, MediaResult, Part, SendContext, SendResult } from '../../contract.ts'
import type { MediaReference } from '../../events.ts'
import type { Problem } from '../../problem.ts'
import { type Api, callApi, problemOf, resultOf } from './api.ts'
import { findingWords, type KnownCodes } from './findings.ts'
import { fetchById, upload } from './media.ts'
import { withFields } from './render.ts'
import { textIn } from './words.ts'

/** api.weixin.qq.com: what official accounts and mini programs share. */

export interface PlatformConfig {
  apiUrl: string
  appId: string
  secret: string
}

/**
 * `stable_token` gives everybody the same token, so that several systems on one account do not throw out each other's.
 * https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken (2026-11)
 */
export const platform: Api<PlatformConfig> = {
  tokenName: 'access-token',
  tokenRequest: ({ appId, secret }) => ({
    path: 'cgi-bin/stable_token',
    request: {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ grant_type: 'client_credential', appid: appId, secret }),
    },
  }),
  secretsOf: ({ secret }) => [secret],
  /** https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html (2026-11) */
  rules: {
    [-1]: ['retry', 'provider-failed', 2_000],
    40_001: ['rejected', 'credentials-refused'],
    40_002: ['rejected', 'credentials-refused'],
    40_003: ['rejected', 'address-unknown'],
    40_004: ['rejected', 'media-refused'],
    40_005: ['rejected', 'media-refused'],
    40_006: ['rejected', 'too-large'],
    40_007: ['rejected', 'media-gone'],
    40_008: ['rejected', 'unsupported'],
    40_009: ['rejected', 'too-large'],
    40_010: ['rejected', 'too-large'],
    40_011: ['rejected', 'too-large'],
    40_012: ['rejected', 'too-large'],
    40_013: ['rejected', 'credentials-refused'],
    40_014: ['rejected', 'credentials-refused'],
    40_018: ['rejected', 'too-long'],
    40_019: ['rejected', 'too-long'],
    40_020: ['rejected', 'too-long'],
    40_025: ['rejected', 'too-long'],
    40_026: ['rejected', 'too-long'],
    40_027: ['rejected', 'too-long'],
    40_037: ['rejected', 'template-refused'],
    40_119: ['rejected', 'not-permitted'],
    40_120: ['rejected', 'not-permitted'],
    40_125: ['rejected', 'credentials-refused'],
    40_164: ['rejected', 'not-permitted'],
    40_200: ['rejected', 'not-permitted'],
    41_001: ['rejected', 'credentials-refused'],
    41_002: ['rejected', 'credentials-refused'],
    41_004: ['rejected', 'credentials-refused'],
    42_001: ['rejected', 'credentials-refused'],
    43_004: ['rejected', 'unreachable'],
    43_019: ['rejected', 'unreachable'],
    // This one notice was not subscribed to; messages are another matter.
    43_101: ['rejected', 'notice-unwanted'],
    45_001: ['rejected', 'too-large'],
    45_002: ['rejected', 'too-long'],
    45_003: ['rejected', 'too-long'],
    45_004: ['rejected', 'too-long'],
    45_009: ['retry', 'rate-limited', 600_000],
    45_011: ['retry', 'rate-limited', 5_000],
    45_015: ['rejected', 'window-closed'],
    45_047: ['rejected', 'quota-used'],
    45_080: ['rejected', 'window-closed'],
    45_081: ['rejected', 'rate-limited'],
    45_162: ['rejected', 'unsupported'],
    45_005: ['rejected', 'too-long'],
    46_004: ['rejected', 'address-unknown'],
    47_003: ['rejected', 'template-refused'],
    48_001: ['rejected', 'not-permitted'],
    48_002: ['rejected', 'opted-out'],
    48_004: ['rejected', 'account-restricted'],
    50_001: ['rejected', 'account-restricted'],
    50_002: ['rejected', 'account-restricted'],
    50_005: ['rejected', 'unreachable'],
    61_452: ['rejected', 'not-permitted'],
    65_400: ['rejected', 'not-permitted'],
    65_401: ['rejected', 'not-permitted'],
    70_000: ['rejected', 'not-permitted'],
  },
}

/** WeChat gives no id for what it takes, and tells nothing of it afterwards. */
export async function sendCustomMessage(part: Part, context: SendContext<PlatformConfig>): Promise<SendResult> {
  const [attachmentId] = part.attachmentIds ?? []
  const type = textIn(part.request.msgtype)
  const media =
    attachmentId === undefined ? null : await upload(await context.attachment(attachmentId), type, context, platform)
  if (media && 'kind' in media) return media.result
  const json = withFields(part.request, media ?? {})
  const answer = await callApi(context, platform, { path: 'cgi-bin/message/custom/send', json })
  return answer.kind === 'ok' ? { kind: 'accepted', messageId: null } : resultOf(answer)
}

export const fetchPlatformMedia = (media: MediaReference, context: Context<PlatformConfig>): Promise<MediaResult> =>
  fetchById(media, context, platform)

export async function sendTyping(path: string, to: string, context: Context<PlatformConfig>): Promise<Problem | null> {
  const answer = await callApi(context, platform, { path, json: { touser: to, command: 'Typing' } })
  // Shown already, which is what was wanted.
  if (answer.kind === 'ok' || (answer.kind === 'refused' && answer.code === 45_081)) return null
  return problemOf(answer)
}

/** What the administrator should know before anything is asked of WeChat. */
export function checkKey({ encryption, aesKey }: { encryption: string; aesKey?: string | undefined }): Finding[] {
  if (encryption === 'plain' || aesKey) return []
  const words = {
    zh: '选了加密但没有填 EncodingAESKey：从微信的消息推送配置页复制，或改为明文模式。',
    en: 'Encryption is chosen without an EncodingAESKey: copy it from the page about message push at WeChat, or choose plain.',
  }
  return [{ ok: false, words }]
}

const names = { service: { zh: '微信', en: 'WeChat' }, id: { zh: ' AppID ', en: 'AppID' }, secret: 'AppSecret' }
const known: KnownCodes = {
  40164: (detail) => ({
    zh: `本服务器的 IP 不在白名单：在微信后台的“IP 白名单”加入它。（${detail}）`,
    en: `The IP of this server is not allowed: add it to the “IP Allowlist” at WeChat. (${detail})`,
  }),
}

/** Whether a token is given, and what stands in the way. */
export async function checkToken(context: Context<PlatformConfig>): Promise<Finding> {
  const answer = await callApi(context, platform, { path: 'cgi-bin/get_api_domain_ip' })
  if (answer.kind === 'ok')
    return { ok: true, words: { zh: 'AppID 和 AppSecret 有效。', en: 'AppID and AppSecret work.' } }
  return { ok: false, words: findingWords(problemOf(answer), names, known) }
}

import { z } from 'zod'
import { type Context, type Finding, isProblem, type Template, type Words } from '../contract.ts'
import { callbackAddress, setupWords } from '../families/sms-cn/callback.ts'
import type { Problem } from '../problem.ts'
import { call } from './api.ts'
import type { Config } from './config.ts'
import { listTemplates } from './templates.ts'

export async function check(context: Context<Config>): Promise<Finding[]> {
  const templates = await listTemplates(context)
  if (isProblem(templates)) return [{ ok: false, words: wordsFor(templates) }]
  const usable = templates.filter(({ state }) => state === 'approved').length
  const working: Finding = {
    ok: true,
    words: {
      zh: `已连接腾讯云短信，有 ${usable} 个可用的模板。`,
      en: `Connected to Tencent Cloud SMS, with ${usable} usable templates.`,
    },
  }
  const findings = [working, ...(await appFindings(context)), ...(await signFindings(context))]
  return [...findings, ...replyFindings(templates, context.config)]
}

/** Templates and signatures are of the whole account: only this names the application. */
async function appFindings(context: Context<Config>): Promise<Finding[]> {
  const EndTime = Math.floor(context.now().getTime() / 1000)
  const query = {
    SmsSdkAppId: context.config.sdkAppId,
    PhoneNumber: '+8613800138000',
    BeginTime: EndTime - 60,
    EndTime,
  }
  const answer = await call('PullSmsSendStatusByPhoneNumber', { ...query, Offset: 0, Limit: 1 }, context)
  const code = answer.kind === 'ok' ? '' : (answer.problem.providerCode ?? '')
  if (!/SdkAppId/u.test(code)) return []
  return [
    {
      ok: false,
      words: {
        zh: `SDK AppID 不属于这个账号或已停用：在短信控制台 → 应用列表里核对。（${code}）`,
        en: `The SDK AppID is not of this account, or disabled: compare it with SMS console → Application List. (${code})`,
      },
    },
  ]
}

const signs = z.object({
  DescribeSignListStatusSet: z.array(z.object({ SignName: z.string(), StatusCode: z.number().catch(-1) })),
})

async function signFindings(context: Context<Config>): Promise<Finding[]> {
  const { signName } = context.config
  const own: number[] = []
  for (let page = 0; page < 10; page += 1) {
    const answer = await call('DescribeSmsSignList', { International: 0, Limit: 100, Offset: page * 100 }, context)
    if (answer.kind !== 'ok') return [{ ok: false, words: wordsFor(answer.problem) }]
    const list = signs.safeParse(answer.body).data?.DescribeSignListStatusSet ?? []
    own.push(...list.filter(({ SignName: name }) => name === signName).map(({ StatusCode: state }) => state))
    if (own.includes(0)) return []
    if (list.length < 100) break
  }
  const words: Words =
    own.length > 0
      ? {
          zh: `签名“${signName}”还不可用：在短信控制台 → 签名管理里查看状态。`,
          en: `The signature “${signName}” cannot be used yet: SMS console → Signatures says why.`,
        }
      : {
          zh: `没有签名“${signName}”：在短信控制台 → 签名管理里核对，不要带【】。`,
          en: `There is no signature “${signName}”: compare it with SMS console → Signatures, without 【】.`,
        }
  return [{ ok: false, words }]
}

function replyFindings(templates: readonly Template[], { replyTemplate }: Config): Finding[] {
  if (replyTemplate === undefined) {
    const zh = '没有回复模板：客服只能发送模板短信，不能自由回复。'
    return [{ ok: true, words: { zh, en: 'There is no template of replies: people can send templates only.' } }]
  }
  const own = templates.find(({ name }) => name === replyTemplate)
  if (own?.state !== 'approved') {
    const zh = `回复模板 ${replyTemplate} 不存在或还不可用：在短信控制台 → 正文模板管理里查看。`
    const en = `The template of replies ${replyTemplate} is not there or not usable: see SMS console → Body Templates.`
    return [{ ok: false, words: { zh, en } }]
  }
  if (own.parameters.length === 1) return []
  const zh = `回复模板应当只有变量 {1}，实际有 ${own.parameters.length} 个变量。`
  const en = `The template of replies should have the variable {1} alone, but has ${own.parameters.length}.`
  return [{ ok: false, words: { zh, en } }]
}

function wordsFor({ code, detail = '', providerCode = '' }: Problem): Words {
  if (providerCode === 'AuthFailure.SignatureExpire') {
    return {
      zh: '本服务器的时钟与腾讯云相差超过 5 分钟：校准时间。',
      en: 'The clock of this server is more than 5 minutes off: set it right.',
    }
  }
  if (providerCode.endsWith('RequestIpNotInWhitelist')) {
    return {
      zh: '本服务器的 IP 不在短信应用的白名单里：加入它或关闭来源 IP 校验。',
      en: 'The IP of this server is not on the allow list of the application: add it, or turn the check off.',
    }
  }
  switch (code) {
    case 'credentials-refused':
      return {
        zh: `腾讯云不认密钥：核对 SecretId 和 SecretKey，并确认密钥没有被禁用。（${providerCode}）`,
        en: `Tencent Cloud refuses the key: compare SecretId and SecretKey, and see that it is enabled. (${providerCode})`,
      }
    case 'not-permitted':
      return {
        zh: `没有权限：给子用户授权 QcloudSMSFullAccess；个人认证账号不能用接口查询模板。（${providerCode}）`,
        en: `Not permitted: grant QcloudSMSFullAccess to the sub-user; accounts of individuals cannot list templates. (${providerCode})`,
      }
    case 'no-answer':
      return {
        zh: `连不上腾讯云接口：检查本服务器的网络。（${detail}）`,
        en: `Tencent Cloud cannot be reached: look at the network of this server. (${detail})`,
      }
    default:
      return {
        zh: `腾讯云拒绝了：${detail}（${providerCode}）`,
        en: `Tencent Cloud refuses: ${detail} (${providerCode})`,
      }
  }
}

export const setup = (callbackUrl: string, { callbackSecret }: Config): { label: Words; value: string }[] => [
  { label: setupWords, value: callbackAddress(callbackUrl, callbackSecret) },
]

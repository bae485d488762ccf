import { z } from 'zod'
import { type Context, type Finding, isProblem, type Words } from '../contract.ts'
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
      zh: `已连接阿里云短信服务，有 ${usable} 个审核通过的模板。`,
      en: `Connected to Alibaba Cloud SMS, with ${usable} approved templates.`,
    },
  }
  return [working, ...(await signFindings(context)), ...replyFindings(templates, context.config)]
}

const signs = z.object({ SmsSignList: z.array(z.object({ SignName: z.string(), AuditStatus: z.string().catch('') })) })

async function signFindings(context: Context<Config>): Promise<Finding[]> {
  const { signName } = context.config
  for (let page = 1; page <= 20; page += 1) {
    const answer = await call('QuerySmsSignList', { PageIndex: String(page), PageSize: '50' }, context)
    if (answer.kind !== 'ok') return [{ ok: false, words: wordsFor(answer.problem) }]
    const list = signs.safeParse(answer.body).data?.SmsSignList ?? []
    const own = list.find(({ SignName: name }) => name === signName)
    if (own?.AuditStatus === 'AUDIT_STATE_PASS') return []
    if (own) return [signNotApproved(signName)]
    if (list.length < 50) break
  }
  return [
    {
      ok: false,
      words: {
        zh: `没有签名“${signName}”：在短信服务控制台 → 签名管理里核对，不要带【】。`,
        en: `There is no signature “${signName}”: compare it with SMS console → Signatures, without 【】.`,
      },
    },
  ]
}
const signNotApproved = (name: string): Finding => ({
  ok: false,
  words: {
    zh: `签名“${name}”未审核通过：在短信服务控制台 → 签名管理里查看原因。`,
    en: `The signature “${name}” is not approved: SMS console → Signatures says why.`,
  },
})

function replyFindings(
  templates: readonly { name: string; state: string; parameters: readonly string[] }[],
  { replyTemplate, replyVariable }: Config,
): Finding[] {
  if (replyTemplate === undefined) {
    const zh = '没有回复模板：客服只能发送模板短信，不能自由回复。'
    return [{ ok: true, words: { zh, en: 'There is no template of replies: people can send templates only.' } }]
  }
  const own = templates.find(({ name }) => name === replyTemplate)
  if (!own || own.state !== 'approved') {
    const zh = `回复模板 ${replyTemplate} 不存在或未审核通过：在短信服务控制台 → 模板管理里查看。`
    const en = `The template of replies ${replyTemplate} is not there or not approved: see SMS console → Templates.`
    return [{ ok: false, words: { zh, en } }]
  }
  if (own.parameters.length === 1 && own.parameters[0] === replyVariable) return []
  const names = own.parameters.join(', ')
  return [
    {
      ok: false,
      words: {
        zh: `回复模板应当只有变量 ${replyVariable}，实际是：${names || '没有变量'}。`,
        en: `The template of replies should have the variable ${replyVariable} alone, but has: ${names || 'none'}.`,
      },
    },
  ]
}

function wordsFor({ code, detail = '', providerCode = '' }: Problem): Words {
  if (providerCode === 'InvalidTimeStamp.Expired') {
    return {
      zh: '本服务器的时钟与阿里云相差超过 15 分钟：校准时间。',
      en: 'The clock of this server is more than 15 minutes off: set it right.',
    }
  }
  switch (code) {
    case 'credentials-refused':
      return {
        zh: `阿里云不认 AccessKey：核对 ID 和 Secret，并确认它没有被禁用。（${providerCode}）`,
        en: `Alibaba Cloud refuses the AccessKey: compare ID and Secret, and see that it is enabled. (${providerCode})`,
      }
    case 'not-permitted':
      return {
        zh: `没有权限：给 RAM 用户授权 AliyunDysmsFullAccess，并开通短信服务。（${providerCode}）`,
        en: `Not permitted: grant AliyunDysmsFullAccess to the RAM user and activate SMS. (${providerCode})`,
      }
    case 'payment-needed':
      return {
        zh: `余额不足：为阿里云账号充值或购买套餐包。（${providerCode}）`,
        en: `The balance is too low: top up the account or buy a package. (${providerCode})`,
      }
    case 'no-answer':
      return {
        zh: `连不上阿里云接口：检查本服务器的网络。（${detail}）`,
        en: `Alibaba Cloud cannot be reached: look at the network of this server. (${detail})`,
      }
    default:
      return {
        zh: `阿里云拒绝了：${detail}（${providerCode}）`,
        en: `Alibaba Cloud refuses: ${detail} (${providerCode})`,
      }
  }
}

export const setup = (callbackUrl: string, { callbackSecret }: Config): { label: Words; value: string }[] => [
  { label: setupWords, value: callbackAddress(callbackUrl, callbackSecret) },
]

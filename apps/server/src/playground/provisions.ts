import { isProblem } from '@qiao/channels'
import type { TemplateDraft } from '@qiao/protocol'
import type { Actor } from '#access'
import { makeContextOf } from '../delivery/accounts/context.ts'
import { type Account, openAccount } from '../delivery/accounts/open-account.ts'
import type { ChannelDeps } from '../delivery/channel-deps.ts'
import { createCode, listCodes, renewCode } from '../delivery/entrances/entrance-codes.ts'
import { refreshTemplates } from '../delivery/templates/refresh-templates.ts'

/** What the company already has at its providers: templates in every state, links and codes that bring customers in. */
interface Provisions {
  templates?: readonly TemplateDraft[]
  codes?: readonly { name: string; parameter: string; toTeam?: true }[]
}

const draft = (
  [name, language, category]: [string, string, string],
  text: string,
  parameters: string[] = [],
  more: Partial<TemplateDraft> = {},
): TemplateDraft => ({ name, language, category, text, parameters, buttons: [], ...more })

const notice = (name: string, text: string, parameters: string[], kinds: string[]): TemplateDraft =>
  draft([name, '', 'notification'], text, parameters, { kinds, remark: '山茶集线上茶叶店，下单后通知客户' })
const texts: readonly TemplateDraft[] = [
  notice(
    '发货通知',
    '您的订单{{order}}已由{{company}}发出，请留意查收。',
    ['A-2041', '顺丰速运'],
    ['other_number2', 'unit_name'],
  ),
  notice('到店自提', '您订的茶已到店，取件码{{code}}，请在{{day}}前来取。', ['1204', '周五'], ['pick_up_code', 'time']),
  notice('慢递提醒', '您寄存的慢递将于{{day}}寄出。', ['12月1日'], ['time']),
  draft(['会员日（驳回样例）', '', 'promotion'], '会员日新茶九折，拒收请回复R', [], { remark: '会员日促销' }),
]

const byChannel: Readonly<Record<string, Provisions>> = {
  whatsapp: {
    templates: [
      draft(
        ['order_shipped', 'en', 'utility'],
        'Your order {{1}} left us today and arrives on {{2}}.',
        ['A-2041', 'Friday'],
        {
          header: 'Camellia Tea',
          footer: 'Reply here with any question',
          buttons: [{ kind: 'url', label: 'Track it', url: 'https://camellia.example/track' }],
        },
      ),
      draft(['tasting_reminder', 'en', 'utility'], 'We look forward to your tasting on {{1}}.', ['Friday, 3 pm'], {
        buttons: [
          { kind: 'reply', label: 'I will come' },
          { kind: 'reply', label: 'Another day' },
        ],
      }),
      draft(['slow_brew_offer', 'en', 'marketing'], 'Our slow brew set is here: 10 % off until Sunday.'),
    ],
    codes: [
      { name: 'Parcel insert', parameter: 'parcel' },
      { name: 'Shop window', parameter: 'window', toTeam: true },
    ],
  },
  telegram: { codes: [{ name: 'Newsletter', parameter: 'newsletter' }] },
  wechat: {
    codes: [
      { name: '包裹卡片', parameter: 'parcel' },
      { name: '门店柜台', parameter: 'counter', toTeam: true },
    ],
  },
  wecom: { codes: [{ name: '官网客服入口', parameter: 'website' }] },
  aliyun: { templates: texts },
  tencent: { templates: texts.slice(0, 2) },
}

/** At every start: simulated providers forget what they had. */
export async function provide(deps: ChannelDeps, inboxId: string, by: Actor): Promise<void> {
  const account = await openAccount(deps, inboxId)
  const { templates = [], codes = [] } = byChannel[account?.channel.about.id ?? ''] ?? {}
  if (!account) return
  for (const one of templates) await submit(deps, account, one)
  if (templates.length > 0) await refreshTemplates(deps, inboxId)
  const known = await listCodes(deps.db, inboxId)
  for (const { name, parameter, toTeam } of codes) {
    const code = known.find((one) => one.parameter === parameter)
    const teamId = toTeam ? (account.inbox.teamIds[0] ?? null) : null
    const leadsTo = { queueId: null, teamId, agentNumber: null }
    const { problem } = code
      ? await renewCode(deps, inboxId, code.id)
      : await createCode(deps, inboxId, { name, parameter, leadsTo }, by)
    if (problem) deps.log.warn({ inboxId, parameter, problem: problem.code }, 'no code of the demo company')
  }
}

async function submit(deps: ChannelDeps, account: Account, wanted: TemplateDraft): Promise<void> {
  const made = await account.channel.templates?.make?.submit(wanted, makeContextOf(deps, account))
  if (made && isProblem(made))
    deps.log.warn({ name: wanted.name, problem: made.code }, 'no template of the demo company')
}

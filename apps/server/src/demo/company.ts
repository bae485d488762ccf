import { type InboxSettings, inboxSettings, type Role } from '@qiao/protocol'
import type { Handle, QueueHandle, TeamHandle } from './story.ts'

/** The made-up company of the demo. Nobody here exists; `.example` is reserved for that. */
export const demoPassword = 'camellia-demo'
export const organisationName = '山茶集 Camellia Goods'

interface Person {
  handle: Handle
  name: string
  publicName: string
  email: string
  role: Role
  language: 'zh-CN' | 'en'
  teams: TeamHandle[]
}

export const people: readonly Person[] = [
  person('shen', '沈知秋', '知秋', 'admin', 'zh-CN', [], 'admin'),
  person('lin', '林晓', '林晓', 'lead', 'zh-CN', ['sales', 'support']),
  person('zhou', '周予安', '予安', 'agent', 'zh-CN', ['sales']),
  person('emma', 'Emma Clarke', 'Emma', 'agent', 'en', ['sales']),
  person('he', '何嘉树', '嘉树', 'agent', 'zh-CN', ['support']),
]

function person(
  handle: Handle,
  name: string,
  publicName: string,
  role: Role,
  language: Person['language'],
  memberOf: TeamHandle[],
  mailbox: string = handle,
): Person {
  return { handle, name, publicName, role, language, teams: memberOf, email: `${mailbox}@camellia.example` }
}

export const teams: Record<TeamHandle, { name: string; description: string }> = {
  sales: { name: '售前 Sales', description: '选茶、定制、批发 · advice, engraving, trade' },
  support: { name: '售后 Support', description: '物流、退换、发票 · delivery, returns, invoices' },
}

const everyDay = <Interval>(interval: Interval): Interval[][] => Array.from({ length: 7 }, () => [interval])
const nineToNine = { from: 9 * 60, to: 21 * 60 }

export const calendars = {
  chat: {
    name: '在线客服 Online chat',
    timeZone: 'Asia/Shanghai',
    alwaysOpen: false,
    // Whoever tries the demo, at whatever hour, finds somebody there.
    weekly: everyDay({ from: 0, to: 1440 }),
    holidays: [],
  },
  shop: {
    name: '门店 Shop counter',
    timeZone: 'Asia/Shanghai',
    alwaysOpen: false,
    weekly: everyDay(nineToNine),
    holidays: [{ date: '2027-02-06', name: '春节 Spring Festival', intervals: [] }],
  },
}

export const inboxKeys = { zh: 'camellia-zh', en: 'camellia-en' } as const

const camellia = '#8a2f43'

/** `url` is the public address of this server, for links to the shop. */
export function chineseShop(
  url: string,
  teamIds: Record<TeamHandle, string>,
  queueIds: Record<QueueHandle, string>,
): InboxSettings {
  return inboxSettings.parse({
    look: { colour: camellia, logoUrl: `${url}/playground/art/logo.svg`, launcherText: '' },
    defaultLocale: 'zh-CN',
    words: {
      'zh-CN': {
        title: '山茶集客服',
        greeting: '你好，想喝点什么，还是想写点什么？',
        replyTime: '通常两三分钟内回复。',
      },
      en: { title: 'Camellia Goods', greeting: 'Hello. Something to drink, or something to write on?' },
    },
    preChat: {
      enabled: true,
      fields: [
        { name: 'name', label: '怎么称呼您', type: 'text', required: true },
        { name: 'order', label: '订单号（如有）', type: 'text', required: false, placeholder: 'CM…' },
      ],
      consent: {
        text: '我同意山茶集为答复咨询而保存这次对话。',
        linkLabel: '隐私说明',
        url: `${url}/playground/shop/`,
      },
      departments: [
        { teamId: teamIds.sales, label: '选茶与定制' },
        { teamId: teamIds.support, label: '物流与退换' },
      ],
    },
    offline: {
      mode: 'form',
      always: true,
      topics: [
        { key: 'delivery', label: '物流' },
        { key: 'return', label: '退换货' },
        { key: 'invoice', label: '发票' },
        { key: 'complaint', label: '投诉' },
        { key: 'other', label: '其他' },
      ],
      fields: [
        { name: 'name', label: '怎么称呼您', type: 'text', required: true },
        { name: 'phone', label: '手机号', type: 'phone', required: true },
      ],
    },
    typingPreview: true,
    survey: { enabled: true, scale: 'stars' },
    routing: {
      queueId: queueIds.advice,
      departments: [
        { teamId: teamIds.sales, queueId: queueIds.advice },
        { teamId: teamIds.support, queueId: queueIds.service },
      ],
    },
  })
}

export function englishShop(url: string, queueIds: Record<QueueHandle, string>): InboxSettings {
  return inboxSettings.parse({
    look: { colour: '#2f5540', logoUrl: `${url}/playground/art/logo.svg` },
    defaultLocale: 'en',
    words: {
      en: { title: 'Camellia Goods', greeting: 'Hello. Ask us anything about tea and paper.' },
      'zh-CN': { title: '山茶集', greeting: '你好，茶与纸，都可以问。' },
    },
    offline: { mode: 'form', fields: [{ name: 'email', label: 'Your e-mail', type: 'email', required: true }] },
    typingPreview: true,
    survey: { enabled: true, scale: 'faces' },
    routing: { queueId: queueIds.english },
  })
}

import type { MessageTemplate } from '@qiao/protocol'
import { defineWords } from '../../../../shared/i18n.ts'

const zh = {
  title: '发送模板消息',
  open: '模板消息',
  search: '搜索模板',
  language: '语言',
  allLanguages: '全部语言',
  list: '模板',
  refresh: '从渠道更新',
  refreshed: '{{time}} 更新',
  refreshFailed: '未能从渠道更新：{{why}}。下面是上次的列表。',
  empty: '这个渠道账号还没有模板',
  emptyHint: '在渠道方的后台创建，或请管理员提交；审核通过后即可使用。',
  noneFound: '没有符合的模板',
  choose: '选择一个模板',
  value: '变量 {{name}}',
  preview: '客户将看到',
  send: '发送',
  cannot: '不能发送：{{why}}',
  'state.approved': '已通过',
  'state.pending': '审核中',
  'state.rejected': '未通过',
  'state.paused': '已暂停',
  'state.disabled': '已停用',
  'category.utility': '服务通知',
  'category.marketing': '营销',
  'category.authentication': '验证码',
}

const en: Record<keyof typeof zh, string> = {
  title: 'Send a template',
  open: 'Templates',
  search: 'Search templates',
  language: 'Language',
  allLanguages: 'All languages',
  list: 'Templates',
  refresh: 'Update from the channel',
  refreshed: 'Updated {{time}}',
  refreshFailed: 'Could not be updated: {{why}}. This is the list of the last time.',
  empty: 'This account has no templates yet',
  emptyHint:
    'Make them in the provider’s pages, or ask an administrator to submit one. They can be used once approved.',
  noneFound: 'No template fits',
  choose: 'Choose a template',
  value: 'Variable {{name}}',
  preview: 'What the customer will see',
  send: 'Send',
  cannot: 'Cannot be sent: {{why}}',
  'state.approved': 'Approved',
  'state.pending': 'In review',
  'state.rejected': 'Rejected',
  'state.paused': 'Paused',
  'state.disabled': 'Disabled',
  'category.utility': 'Utility',
  'category.marketing': 'Marketing',
  'category.authentication': 'Authentication',
}

export type TemplateKey = keyof typeof zh
export const templateWords = defineWords('templates', { 'zh-CN': zh, en })

const isKey = (key: string): key is TemplateKey => key in zh

/** Providers have categories of their own; those that most have get our words. */
export function categoryWords(category: string, t: (key: TemplateKey) => string): string {
  const key = `category.${category.toLowerCase()}`
  return isKey(key) ? t(key) : category
}

/** Null for one that can be sent. */
export function reasonWords({ state, reason }: MessageTemplate, t: (key: TemplateKey) => string): string | null {
  if (state === 'approved') return null
  return reason ? `${t(`state.${state}`)} · ${reason}` : t(`state.${state}`)
}

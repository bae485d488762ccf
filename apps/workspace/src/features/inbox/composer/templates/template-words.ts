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
  send: '发送',
  cannot: '不能发送：{{why}}',
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
  send: 'Send',
  cannot: 'Cannot be sent: {{why}}',
}

export const templateWords = defineWords('templates', { 'zh-CN': zh, en })

import { defineWords } from '../../../shared/i18n.ts'

export const words = defineWords('settings-audit', {
  'zh-CN': {
    intro: '谁在什么时候更改了设置和权限，最近的在最前。',
    empty: '还没有记录。',
    time: '时间',
    who: '谁',
    action: '操作',
    target: '对象',
    address: 'IP 地址',
    details: '详情',
    showDetails: '查看详情',
    system: '系统',
    formerAgent: '已删除的账号',
  },
  en: {
    intro: 'Who changed settings and access, and when; the newest first.',
    empty: 'Nothing yet.',
    time: 'Time',
    who: 'Who',
    action: 'Action',
    target: 'Target',
    address: 'IP address',
    details: 'Details',
    showDetails: 'Show details',
    system: 'System',
    formerAgent: 'A deleted account',
  },
})

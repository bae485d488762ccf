import { defineWords } from '../../../shared/i18n.ts'

/** Words about channels that the list, the choice and the editor share. */
export const words = defineWords('settings-channels', {
  'zh-CN': {
    web: '网站聊天',
    webSummary: '网站或 App 里的聊天窗口，也可以用链接或二维码打开',
    'state.unset': '待设置',
    'state.paused': '已暂停',
    'state.failing': '有故障',
    'state.working': '正常',
    guide: '接入说明',
  },
  en: {
    web: 'Web chat',
    webSummary: 'A chat on your site or in your app, also by link or QR code',
    'state.unset': 'Needs setting up',
    'state.paused': 'Paused',
    'state.failing': 'Failing',
    'state.working': 'Working',
    guide: 'How to set it up',
  },
})

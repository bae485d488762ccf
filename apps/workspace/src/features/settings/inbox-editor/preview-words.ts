import { defineWords } from '../../../shared/i18n.ts'

export const previewWords = defineWords('settings-inbox-preview', {
  'zh-CN': {
    title: '预览',
    frame: '聊天窗口预览',
    page: '网页',
    phone: '手机',
    device: '设备',
    show: '显示预览',
    hide: '隐藏预览',
    live: '未保存的更改也会显示在这里。',
  },
  en: {
    title: 'Preview',
    frame: 'Preview of the chat',
    page: 'Site',
    phone: 'Phone',
    device: 'Device',
    show: 'Show the preview',
    hide: 'Hide the preview',
    live: 'Shows changes that are not saved yet.',
  },
})

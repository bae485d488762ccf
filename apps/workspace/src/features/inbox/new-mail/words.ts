import { defineWords } from '../../../shared/i18n.ts'

export const newMailWords = defineWords('new-mail', {
  'zh-CN': {
    'do.write': '写新邮件',
    'do.goOn': '继续写新邮件',
    'do.undo': '撤销发送新邮件',
    from: '发自',
    kept: '已存为草稿',
    'start.failed': '未能取得签名：{{reason}}',
    'strip.label': '尚未发出的新邮件',
    'strip.sent': '已发出',
    'strip.open': '打开会话',
  },
  en: {
    'do.write': 'Write a new mail',
    'do.goOn': 'Go on with the new mail',
    'do.undo': 'Undo sending the new mail',
    from: 'From',
    kept: 'Kept as a draft',
    'start.failed': "We couldn't get the signature: {{reason}}",
    'strip.label': 'New mails that have not left yet',
    'strip.sent': 'Sent',
    'strip.open': 'Open the conversation',
  },
})

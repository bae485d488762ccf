import { defineWords } from '../../../shared/i18n.ts'

export const newMailWords = defineWords('new-mail', {
  'zh-CN': {
    'do.write': '写新邮件',
    from: '发自',
    signed: '附上签名',
    send: '发送',
    'send.done': '邮件已发出',
    'leave.ask': '放弃这封邮件？',
    'leave.yes': '放弃',
  },
  en: {
    'do.write': 'Write a new mail',
    from: 'From',
    signed: 'With the signature',
    send: 'Send',
    'send.done': 'The mail is on its way',
    'leave.ask': 'Discard this mail?',
    'leave.yes': 'Discard',
  },
})

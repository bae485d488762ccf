import { defineWords } from '../../shared/i18n.ts'

export const reminderWords = defineWords('reminders', {
  'zh-CN': {
    new: '新会话待分配',
    assigned: '会话已分配给你',
    message: '客户来信',
    unanswered: '客户已等待 {{time}}',
    idle: '客户已 {{time}} 没有回复',
    closing: '会话即将自动结束',
    mention: '{{name}}在备注中提到你',
    consult: '{{name}}正在咨询你',
    whisper: '{{name}}对你耳语',
    joined: '{{name}}请你加入会话',
    allow: '开启桌面提醒，新会话不会错过。',
    allowYes: '开启',
    allowNo: '以后再说',
  },
  en: {
    new: 'A new conversation waits',
    assigned: 'Assigned to you',
    message: 'New message',
    unanswered: 'Waiting for {{time}}',
    idle: 'No answer from the customer for {{time}}',
    closing: 'About to close by itself',
    mention: '{{name}} mentioned you in a note',
    consult: '{{name}} asks for your advice',
    whisper: '{{name}} whispers to you',
    joined: '{{name}} added you to a conversation',
    allow: 'Turn on desktop notifications, so that nobody waits unseen.',
    allowYes: 'Turn on',
    allowNo: 'Later',
  },
})

import { defineWords } from '../../../shared/i18n.ts'

export const words = defineWords('settings-organisation', {
  'zh-CN': {
    intro: '公司名称、默认语言和时区。每位同事的主题和密度在个人设置里选择。',
    name: '公司名称',
    nameHint: '出现在登录页、邀请邮件和访客的聊天窗口。',
    language: '默认语言',
    languageHint: '新同事和系统邮件使用的语言。',
    zone: '时区',
    zoneHint: '新建工作时间和报表使用的时区。',
    look: '工作台外观',
    lookText: '主题、密度和语言跟随每位同事的账号。',
    lookLink: '打开个人设置',
    widgetLook: '聊天窗口外观',
    widgetLookText: '颜色、标志和文字按渠道设置。',
    widgetLookLink: '打开接入渠道',
  },
  en: {
    intro: 'Name, default language and time zone. Each colleague chooses theme and density in their own settings.',
    name: 'Company name',
    nameHint: 'On the sign-in page, in invitations and in the chat.',
    language: 'Default language',
    languageHint: 'For new colleagues and for mail from the system.',
    zone: 'Time zone',
    zoneHint: 'For new opening hours and for reports.',
    look: 'Look of the workspace',
    lookText: 'Theme, density and language follow each colleague’s account.',
    lookLink: 'Open your settings',
    widgetLook: 'Look of the chat',
    widgetLookText: 'Colour, logo and words are set for each inbox.',
    widgetLookLink: 'Open the inboxes',
  },
})

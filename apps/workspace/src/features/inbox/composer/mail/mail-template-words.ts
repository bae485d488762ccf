import { defineWords } from '../../../../shared/i18n.ts'

export const mailTemplateWords = defineWords('mail-templates', {
  'zh-CN': {
    open: '插入模板',
    title: '邮件模板',
    search: '按名称或内容查找',
    none: '没有找到相符的模板',
    found_other: '找到 {{count}} 个模板',
    empty: '还没有邮件模板',
    emptyHint: '管理员可在渠道设置的“邮件”中添加',
  },
  en: {
    open: 'Insert a template',
    title: 'Mail templates',
    search: 'Find by name or by what it says',
    none: 'No template matches',
    found_one: '{{count}} template found',
    found_other: '{{count}} templates found',
    empty: 'There are no mail templates yet',
    emptyHint: 'Administrators add them in the settings of the inbox, under Mail',
  },
})

import { defineWords } from '../../../shared/i18n.ts'

/** Own words of the company for “it has arrived”, in any language. */
export const acknowledgementsWords = defineWords('settings-inbox-acknowledgements', {
  'zh-CN': {
    title: '各语言的回执文字',
    unnamed: '第 {{n}} 种语言',
    language: '语言代码',
    languageHint: '客户的语言，如 ja、pt-BR、th。',
    text: '回执内容 · {{language}}',
    textHint: '{number} 是会话编号，{expected} 是预计回复时间，{company} 是公司名称。',
    expected: '预计回复时间 · {{language}}',
    expectedHint: '填入 {expected} 处；留空时使用渠道的“回复时间”文字或内置的说法。',
    remove: '删除回执 · {{language}}',
    add: '添加语言',
    twice: '同一种语言只能有一份回执。',
    preview: '预览：客户的语言',
    noTag: '请输入语言代码，如 ja 或 pt-BR。',
    fallback:
      '先找完全相同的语言，再找同一语言的其他地区（pt-PT 使用 pt 或 pt-BR）；没有自定义文字的语言使用内置的说法，两者都没有时使用默认语言。',
  },
  en: {
    title: 'Words in any language',
    unnamed: 'Language {{n}}',
    language: 'Language tag',
    languageHint: 'That of the customer, such as ja, pt-BR or th.',
    text: 'Text · {{language}}',
    textHint: '{number} is the number of the conversation, {expected} when you will answer, {company} your name.',
    expected: 'When you will answer · {{language}}',
    expectedHint: 'Fills {expected} in; empty: the inbox’s “Time to answer”, or the built-in words.',
    remove: 'Remove the text · {{language}}',
    add: 'Add a language',
    twice: 'Each language can stand here once.',
    preview: 'Preview: the customer’s language',
    noTag: 'Enter a language tag, such as ja or pt-BR.',
    fallback:
      'The very language first, then others of the same one (pt or pt-BR for pt-PT). Languages without a text here use the built-in words; where there are none, the default language is used.',
  },
})

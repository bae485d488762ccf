import { defineWords } from '../../../shared/i18n.ts'

/** Until when the access of an account is good. */
export const accessEndsWords = defineWords('settings-access-ends', {
  'zh-CN': {
    good: '访问令牌有效至 {{time}}，会在到期前自动续期。',
    unknown: '访问令牌刚填入，满一天后自动续期，届时显示有效期。',
    failing: '访问令牌没能自动续期，将于 {{time}} 失效',
    failingUnknown: '访问令牌没能自动续期',
    over: '访问令牌已于 {{time}} 失效',
    before: '系统每小时会再试。若一直失败，请在失效前到渠道方后台重新生成令牌，填到上面并保存。',
    anew: '已失效的令牌不能续期：请到渠道方后台重新生成，填到上面并保存。',
  },
  en: {
    good: 'The access token is good until {{time}}, and is renewed by itself before that.',
    unknown:
      'The access token was entered a short while ago. It is renewed by itself when it is a day old, and then shows until when it is good.',
    failing: 'The access token could not be renewed, and ends {{time}}',
    failingUnknown: 'The access token could not be renewed',
    over: 'The access token ended {{time}}',
    before:
      'It is tried again every hour. If that goes on, make a new one in the provider’s pages before it ends, enter it above and save.',
    anew: 'One that has ended cannot be renewed: make a new one in the provider’s pages, enter it above and save.',
  },
})

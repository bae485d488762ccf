import { defineWords } from '../../shared/i18n.ts'
import { en } from './words-en.ts'
import { zh } from './words-zh.ts'

export const inboxWords = defineWords('inbox', { 'zh-CN': zh, en })
export type InboxKey = NonNullable<typeof inboxWords.keys>

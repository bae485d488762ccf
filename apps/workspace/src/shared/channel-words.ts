import { anyChannel, callback, leftMessage } from '@qiao/protocol'
import { type WordKey, defineWords, useWords } from './i18n.ts'

export const channelWords = defineWords('channels', {
  'zh-CN': { web: '网页聊天', message: '留言', callback: '回拨', other: '其他渠道' },
  en: { web: 'Web chat', message: 'Left message', callback: 'Callback', other: 'All other channels' },
})

const keys: Record<string, WordKey<typeof channelWords>> = {
  web: 'web',
  [leftMessage]: 'message',
  [callback]: 'callback',
  [anyChannel]: 'other',
}

/** A channel that has no words yet is called by its code. */
export function useChannelName(): (channel: string) => string {
  const t = useWords(channelWords)
  return (channel) => {
    const key = keys[channel]
    return key ? t(key) : channel
  }
}

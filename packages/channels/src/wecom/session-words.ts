import type { EventOf } from '../events.ts'

/** What became of the session in WeCom, for the timeline: https://developer.work.weixin.qq.com/document/path/94699 (2026-11). */
export interface SessionChange {
  /** 1 from the pool, 2 handed on, 3 ended, 4 taken up again. */
  change: string | undefined
  from: string | undefined
  to: string | undefined
  /** A code that allows one message came with it. */
  code: string | undefined
}
/** What agents may do with a session, and what they should know before. */
export const sessionMoves = {
  give: { zh: '转入企业微信接待池', en: 'Hand to the reception pool of WeCom' },
  giveAsk: {
    zh: '客户将在企业微信里排队，由那里的接待人员回复；这里的会话随之关闭，直到那里结束会话、客户再次来信。此操作不能撤回。',
    en: 'The customer will wait in WeCom for its people to answer. The conversation here is closed until they end the session and the customer writes again. It cannot be taken back.',
  },
  end: { zh: '结束企业微信中的会话', en: 'End the session in WeCom' },
  endAsk: {
    zh: '企业微信里正在排队或接待的会话将被结束；客户再次来信时由这里回复，此前不能主动发消息。',
    en: 'The session that waits or is answered in WeCom ends. What the customer writes next comes here; until then nothing can be sent.',
  },
}

export const movedWords = {
  theirs: '会话已转入企业微信接待池 Handed to the reception pool of WeCom',
  over: '企业微信中的会话已结束 The session in WeCom was ended',
  ours: '会话已回到这里 The session had come back here already',
}

type Session = Pick<EventOf<'session'>, 'state' | 'words' | 'opens'>

export function sessionOf({ change, from, to, code }: SessionChange): Session | null {
  switch (change) {
    case '1':
    case '4':
      return {
        state: 'theirs',
        words: `企业微信中 ${to ?? ''} 接待了客户 Taken over in WeCom by ${to ?? 'a colleague'}`,
      }
    case '2':
      return {
        state: 'theirs',
        words: `企业微信中由 ${from ?? ''} 转接给 ${to ?? ''} Handed on in WeCom to ${to ?? 'a colleague'}`,
      }
    case '3':
      return {
        state: 'over',
        words: `企业微信中 ${from ?? ''} 结束了会话 Ended in WeCom by ${from ?? 'a colleague'}`,
        ...(code ? { opens: 'end' } : {}),
      }
    default:
      return null
  }
}

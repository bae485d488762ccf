/**
 * Words that, alone in a text message, mean stop and start. Those who compare bring what was written into one form first:
 * full width to half width, capitals, no space around.
 */
export interface OptOutWords {
  /** Holds for all messages, by law and at carriers. */
  stop: readonly string[]
  /** Holds for advertising (通信短信息服务管理规定: commercial texts that were refused). */
  stopPromotion: readonly string[]
  start: readonly string[]
}

/** https://help.twilio.com/articles/223134027: what operators and gateways of North America act upon themselves. */
export const englishOptOut: OptOutWords = {
  stop: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
  stopPromotion: [],
  start: ['START', 'UNSTOP', 'YES'],
}

/** Whole words: nobody writes them for anything else. */
export const chineseOptOut: OptOutWords = {
  stop: [],
  stopPromotion: ['退订', '取消订阅', '拒收', '退定', '退订短信'],
  start: ['订阅', '恢复订阅', '恢复接收'],
}

/** What Chinese texts of advertising ask for: 「拒收请回复R」, 「回T退订」, 「TD退订」. Only for senders
 * whose customers know them so: elsewhere `N` is an answer. 取消 is left out: it is said of orders more often. */
export const chineseOptOutCodes: OptOutWords = {
  stop: [],
  stopPromotion: ['R', 'T', 'TD', 'N', 'QX', 'JS', '0000', '00000', '退订回T', '退订回复R', '回T退订'],
  start: [],
}

export const optOutWords = (...lists: readonly OptOutWords[]): OptOutWords => ({
  stop: lists.flatMap(({ stop }) => stop),
  stopPromotion: lists.flatMap(({ stopPromotion }) => stopPromotion),
  start: lists.flatMap(({ start }) => start),
})

/**
 * Words that, alone in a text message, mean stop and start. Those who compare bring what was written into one form first:
 * full width to half width, capitals, no space around.
 */
export interface OptOutWords {
  stop: readonly string[]
  start: readonly string[]
}

/** https://help.twilio.com/articles/223134027: what operators and gateways of North America act upon themselves. */
export const englishOptOut: OptOutWords = {
  stop: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
  start: ['START', 'UNSTOP', 'YES'],
}

/** Whole words: nobody writes them for anything else. */
export const chineseOptOut: OptOutWords = {
  stop: ['退订', '取消订阅', '拒收', '退定', '退订短信'],
  start: ['订阅', '恢复订阅', '恢复接收'],
}

/** What Chinese texts of advertising ask for: 「拒收请回复R」, 「回T退订」, 「TD退订」. Only for senders
 * whose customers know them so: elsewhere `N` is an answer. 取消 is left out: it is said of orders more often. */
export const chineseOptOutCodes: OptOutWords = {
  stop: ['R', 'T', 'TD', 'N', 'QX', 'JS', '0000', '00000', '退订回T', '退订回复R', '回T退订'],
  start: [],
}

export const optOutWords = (...lists: readonly OptOutWords[]): OptOutWords => ({
  stop: lists.flatMap(({ stop }) => stop),
  start: lists.flatMap(({ start }) => start),
})

import { expect, test } from 'vitest'
import { consentOf } from '../../consent.ts'
import { chineseOptOut, chineseOptOutCodes, englishOptOut, optOutWords } from './opt-out-words.ts'

const optOut = optOutWords(englishOptOut, chineseOptOut, chineseOptOutCodes)

test.each(['STOP', ' stop ', 'Unsubscribe'])('%s means stop', (word) =>
  expect(consentOf(word, { optOut })).toBe('stop'),
)
test.each(['ｔｄ', 'r', 'N', '退订', ' 拒收\n', '0000', '００００'])('%s means no more advertising', (word) =>
  expect(consentOf(word, { optOut })).toBe('stop-promotion'),
)
test.each(['start', 'Yes', '恢复订阅'])('%s means start', (word) => expect(consentOf(word, { optOut })).toBe('start'))
test.each(['Please stop sending me the wrong size', '不要退订', 'No', 'HELP', 'T 恤', ''])('%s means neither', (text) =>
  expect(consentOf(text, { optOut })).toBeNull(),
)

test('each word is written as it is compared, and none means both', () => {
  const words = [...optOut.stop, ...optOut.stopPromotion, ...optOut.start]
  expect(words.map((word) => word.normalize('NFKC').trim().toUpperCase())).toEqual(words)
  expect(new Set(words).size).toBe(words.length)
})

import { expect, test } from 'vitest'
import { consentOf } from '../../policy.ts'
import { chineseOptOut, chineseOptOutCodes, englishOptOut, optOutWords } from './opt-out-words.ts'

const optOut = optOutWords(englishOptOut, chineseOptOut, chineseOptOutCodes)

test.each(['STOP', ' stop ', 'Unsubscribe', 'ｔｄ', 'r', 'N', '退订', ' 拒收\n', '0000', '００００'])(
  '%s means stop',
  (word) => expect(consentOf(word, { optOut })).toBe(false),
)
test.each(['start', 'Yes', '恢复订阅'])('%s means start', (word) => expect(consentOf(word, { optOut })).toBe(true))
test.each(['Please stop sending me the wrong size', '不要退订', 'No', 'HELP', 'T 恤', ''])('%s means neither', (text) =>
  expect(consentOf(text, { optOut })).toBeNull(),
)

test('each word is written as it is compared, and none means both', () => {
  const words = [...optOut.stop, ...optOut.start]
  expect(words.map((word) => word.normalize('NFKC').trim().toUpperCase())).toEqual(words)
  expect(new Set(words).size).toBe(words.length)
})

import { expect, test } from 'vitest'
import { answerIn } from './answer-in.ts'

test.each([
  ['?state=s&code=4%2F0A', { state: 's', code: '4/0A' }],
  [
    '?error=access_denied&error_description=No+consent&state=s',
    { state: 's', error: 'access_denied', errorDescription: 'No consent' },
  ],
  ['?code=c', null],
  ['?state=s', null],
  ['', null],
])('the answer in %s', (search, answer) => {
  expect(answerIn(search)).toEqual(answer)
})

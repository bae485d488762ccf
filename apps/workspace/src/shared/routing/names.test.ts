import { expect, test } from 'vitest'
import { i18n } from '../i18n.ts'
import { dispositionsOf, waitWords } from './names.ts'
import { stopwatch } from './seconds.ts'

const names = { zh: '已退款', en: 'Refunded' }

test('a wait is told in whole minutes, and not at all when nothing honest can be said', async () => {
  await i18n.changeLanguage('en')
  expect(waitWords(null)).toBe('wait not known')
  expect(waitWords({ lowSeconds: 10, highSeconds: 50 })).toBe('within 1 min')
  expect(waitWords({ lowSeconds: 90, highSeconds: 230 })).toBe('1–4 min')
  expect(waitWords({ lowSeconds: 120, highSeconds: 120 })).toBe('about 2 min')
})

test('dispositions without queues fit all; others their own', () => {
  const codes = [
    { id: 'a', names, queueIds: [] },
    { id: 'b', names, queueIds: ['q1'] },
  ]
  expect(dispositionsOf(codes, 'q1').map(({ id }) => id)).toEqual(['a', 'b'])
  expect(dispositionsOf(codes, 'q2').map(({ id }) => id)).toEqual(['a'])
  expect(dispositionsOf(codes, null).map(({ id }) => id)).toEqual(['a'])
})

test('a stopwatch shows hours only when there are any, and never less than nothing', () => {
  expect([0, 65_000, 3_600_000, -5].map(stopwatch)).toEqual(['0:00', '1:05', '1:00:00', '0:00'])
})

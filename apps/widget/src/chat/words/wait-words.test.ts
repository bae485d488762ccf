import type { WidgetLocale } from '@qiao/protocol/inbox'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { place } from '../../testing/timeline.ts'
import { locales } from './locale.ts'
import { waitWords } from './wait-words.ts'
import { useLocale } from './words.ts'

beforeAll(() => void vi.stubGlobal('document', { documentElement: {} }))

const at = (position: number, lowSeconds?: number, highSeconds = 0) => ({
  place: place({ position, wait: lowSeconds === undefined ? null : { lowSeconds, highSeconds } }),
  connecting: false,
  connectingText: null,
})
const nowhere = { place: null, connecting: false, connectingText: null }

describe('who waits is told', () => {
  it.each<[WidgetLocale, string[]]>([
    [
      'zh-CN',
      [
        '您前面还有 2 位，预计 3–5 分钟',
        '下一位就是您，预计 1 分钟',
        '您前面还有 11 位',
        '您前面还有 20 位，预计 1.5–2.5 小时',
      ],
    ],
    [
      'en',
      [
        '2 people are ahead of you. Estimated wait: 3–5 minutes',
        'You are next. Estimated wait: 1 minute',
        '11 people are ahead of you',
        '20 people are ahead of you. Estimated wait: 1.5–2.5 hours',
      ],
    ],
  ])('position and range in %s', async (locale, expected) => {
    await useLocale(locale, {})
    const shown = [at(3, 170, 310), at(1, 0, 40), at(12), at(21, 5400, 9000)].map(waitWords)
    expect(shown).toEqual(expected)
  })

  it.each(locales)('in %s without a blank left, seconds or a plural form', async (locale) => {
    await useLocale(locale, {})
    for (const wait of [
      nowhere,
      at(1),
      at(2, 60, 120),
      at(3),
      at(6, 600, 1260),
      at(22),
      { ...nowhere, connecting: true },
    ]) {
      expect(waitWords(wait)).not.toMatch(/[{|]|other:|60|120|1260/)
      expect(waitWords(wait)).not.toBe('')
    }
  })

  it('that it is being arranged, and that it rings', async () => {
    await useLocale('zh-CN', {})
    expect(waitWords(nowhere)).toBe('正在为您安排客服')
    expect(waitWords({ ...at(1), connecting: true })).toBe('正在为您接通客服')
  })

  it('in the words of the queue where it has its own', () => {
    expect(waitWords({ ...nowhere, place: place({ text: '茶艺师正忙，您排第 3' }) })).toBe('茶艺师正忙，您排第 3')
    expect(waitWords({ ...nowhere, connecting: true, connectingText: '马上就来' })).toBe('马上就来')
  })
})

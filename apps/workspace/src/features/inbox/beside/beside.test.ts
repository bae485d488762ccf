import type { EntryBody } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { received } from '../../../shared/conversations/sample.ts'
import { besideOf } from './beside.ts'

const beside = (more: Partial<EntryBody<'message.received'>>) => {
  const entry = received(1)
  return besideOf({ ...entry, body: { ...entry.body, ...more } })
}

test('how the customer came is told with its parameter, and with a link that may be pressed', () => {
  expect(beside({})).toEqual([])
  const ad = { source: 'ADS', parameter: 'spring', title: 'Tea', url: 'https://fb.me/1' }
  expect(beside({ referral: ad })).toEqual([
    { key: 'came.ad', values: { source: 'ADS' }, url: 'https://fb.me/1' },
    { key: 'other', values: { name: '', value: 'Tea' } },
    { key: 'parameter', values: { value: 'spring' } },
  ])
  for (const url of ['javascript:alert(1)', '/relative', 'data:text/html,x', '']) {
    expect(beside({ referral: { source: 'Kiosk', url } })).toEqual([{ key: 'came.other', values: { source: 'Kiosk' } }])
  }
})

test.each([
  [{ storyReply: { id: '1', url: 'https://a.example/s' } }, [{ key: 'storyReply', url: 'https://a.example/s' }]],
  [{ storyMention: 'https://a.example/s' }, [{ key: 'storyMention', url: 'https://a.example/s' }]],
  [
    { mentioned: 'caption', url: 'https://www.instagram.com/p/a/' },
    [{ key: 'mentioned.caption', url: 'https://www.instagram.com/p/a/' }],
  ],
  [
    { referred_product: { catalog_id: '1', product_retailer_id: 'LJ-1' } },
    [{ key: 'product', values: { value: 'LJ-1' } }],
  ],
  [{ forwarded: true, frequently_forwarded: true }, [{ key: 'forwarded.often' }]],
  [{ forwardedFrom: 'Wang', album: 'g-1' }, [{ key: 'forwarded.from', values: { value: 'Wang' } }, { key: 'album' }]],
  [{ forwardedFrom: '' }, [{ key: 'forwarded' }]],
  [{ livePeriodSeconds: 900 }, [{ key: 'live', values: { minutes: '15' } }]],
  [{ appId: 'wx1', pagePath: 'pages/order', thumbMediaId: 'T' }, [{ key: 'page', values: { value: 'pages/order' } }]],
  [{ segments: 3, missing: 1 }, [{ key: 'missing', values: { value: '1' } }]],
  [{ note: 'to the desk', ctwa_clid: 'x' }, [{ key: 'note', values: { value: 'to the desk' } }]],
  [
    { page: 'cart', deep: { a: 1 } },
    [
      { key: 'other', values: { name: 'page', value: 'cart' } },
      { key: 'other', values: { name: 'deep', value: '{"a":1}' } },
    ],
  ],
  ['just words', [{ key: 'other', values: { name: '', value: 'just words' } }]],
  [null, []],
])('%j is told in words', (extra, told) => expect(beside({ extra })).toEqual(told))

test('what is long is cut, and what is much is left out', () => {
  const extra = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`fact${at}`, '长'.repeat(500)]))
  const told = beside({ extra })
  expect(told).toHaveLength(8)
  expect(told[0]?.values?.['value']).toHaveLength(200)
})

import { describe, expect, test } from 'vitest'
import { splitQuoted } from './split-quoted.ts'

const own = 'It came this morning.\n\nKim'

const kept = (introduction: string, quote: string) => splitQuoted(`${own}\n\n${introduction}\n\n${quote}\n`).kept

describe('introductions that need no quote signs below', () => {
  test.each([
    '---- On Tue, 22 Dec 2015 14:17:36 +0530 Anna Berg<anna@shop.example> wrote ----',
    '---- On Wed, 24 Feb 2021 14:02:50 +0530 anna@shop.example wrote ----',
    '------On 12/29/1987 17:32 PM, Anna Berg wrote-----',
    'On Tue, 18 Apr 2017 at 13:09, Anna Berg <anna@shop.example\n> wrote:',
    'tir. 18. apr. 2017 kl. 13:09 skrev Anna Berg <anna@shop.example\n>:',
    'Am 18. September 2013 um 16:24 schrieben Sie:',
    'Am 18.09.2013 um 16:24 hat Anna Berg <anna@shop.example> geschrieben:',
    'Op ma 15 jan. 2025 om 17:03 schreef Anna Berg <anna@shop.example>',
    '2016-03-03 17:21 GMT+01:00 Anna Berg',
    'Anna Berg <anna@shop.example> schrieb am So., 23.\nJuni 2024, 21:08:',
    'Anna Berg <anna@shop.example>\n05.02.2020 17:58\n\nAn\n"Kim" <kim@customer.example>\nKopie\n\nThema\nAW: Bestellung',
    '[Original Message processed by david]\nAW: Bestellung 05. Februar 2020, 17:58 Uhr',
    '-----Antwort Nachricht-----',
    '-------- Oprindelig besked --------',
    'Message du : 12/12/2016 13:20\nDe : "Magasin " <anna@shop.example>\nA : kim@customer.example\nSujet : commande',
    'Date: Wed, 16 May 2012 00:15:02 -0600\nTo: kim@customer.example',
  ])('%s', (introduction) => {
    expect(kept(introduction, 'Did it come?')).toBe(own)
    expect(kept(introduction, '> Did it come?')).toBe(own)
  })
})

test.each(['2013/10/2 annab <anna@shop.example>', 'Anna Berg wrote:'])('right above a quote: %s', (introduction) => {
  expect(kept(introduction, '> Did it come?')).toBe(own)
  expect(kept(introduction, 'Did it come?')).toBe(`${own}\n\n${introduction}\n\nDid it come?`)
})

test('a date and a recipient without an address are a plan', () => {
  const plan = 'Date: 6 May, 10:00\nTo: Paris'
  expect(splitQuoted(plan).kept).toBe(plan)
})

import { ok } from 'node:assert/strict'
import { type ContentOf, type TemplateDraft, templateFaults } from '@qiao/protocol'
import { expect, onTestFinished, test } from 'vitest'
import { plainHttp, testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import { config as configSchema } from './config.ts'
import { whatsapp } from './index.ts'
import { rules, submit } from './make-template.ts'
import { startSimulator } from './simulator.ts'
import { filled, listedOne } from './test-templates.ts'

const fileId = '01900000-0000-7000-8000-000000000001'
const picture = { id: fileId, name: 'tea.jpg', mime: 'image/jpeg', bytes: 10 }

async function world(file = { mime: 'image/jpeg', name: 'tea.jpg' }) {
  const simulator = await startSimulator({ now: () => new Date('2026-07-01T10:00:00Z') })
  const config = configSchema.parse(simulator.config)
  const receiver = await startReceiver(whatsapp, config)
  onTestFinished(() => Promise.all([simulator.stop(), receiver.stop()]).then(() => undefined))
  simulator.pointTo(receiver.url)
  const bytes = Buffer.from('bytes of a file')
  const context = testContext(config, { http: plainHttp, attachment: async () => ({ bytes, ...file }) })
  const phone = simulator.phone('Lin')
  const send = async (content: ContentOf<'template'>) => {
    const rendered = whatsapp.render({ to: phone.address, content, window: 'open', links: {} }, config)
    if (rendered.kind === 'impossible') return rendered.problem.code
    const result = await whatsapp.send(rendered.parts[0], context)
    return 'problem' in result ? result.problem.code : result.kind
  }
  const make = async (change: Partial<TemplateDraft>) => {
    const draft: TemplateDraft = {
      name: 'tea',
      language: 'en',
      category: 'marketing',
      text: 'Tea is here.',
      parameters: [],
      buttons: [],
      ...change,
    }
    expect(templateFaults(draft, rules)).toEqual([])
    const made = await submit(draft, context)
    ok('name' in made, JSON.stringify(made))
    await simulator.settled()
    const listed = await listedOne(context, draft.name)
    // What comes back at once is what is listed later, but for the state.
    expect({ ...made, state: 'approved' }).toEqual(listed)
    return listed
  }
  return { simulator, receiver, context, phone, send, make, bytes }
}

test('words above with a value, named values, an address with an end and a code', async () => {
  const { phone, send, make, simulator, receiver } = await world()
  const listed = await make({
    header: 'For {{ who }}',
    headerParameters: ['Ann'],
    text: 'Use {{code}} until {{day}}.',
    parameters: ['TEA25', 'Friday'],
    footer: 'Camellia',
    buttons: [
      { kind: 'url', label: 'Shop', url: 'https://tea.example/{{1}}', example: 'https://tea.example/green' },
      { kind: 'code', label: '', example: 'TEA25' },
      { kind: 'reply', label: 'Thanks' },
    ],
  })
  expect(listed).toMatchObject({
    text: 'For {{header.who}}\nUse {{code}} until {{day}}.\nCamellia',
    parameters: ['header.who', 'code', 'day', 'button2.1', 'button3.code'],
    places: [
      { part: 'header', name: 'who', named: true, plain: true, most: 56, example: 'Ann' },
      { part: 'body', name: 'code', named: true, plain: true, example: 'TEA25' },
      { part: 'body', name: 'day', named: true, plain: true, example: 'Friday' },
      { part: 'button', name: '1', button: 1, does: 'url', example: 'green' },
      { part: 'button', name: 'code', button: 2, does: 'code', most: 15, example: 'TEA25' },
    ],
  })
  expect(listed.components?.filter(({ part }) => part === 'button')).toEqual([
    { part: 'button', text: 'Thanks', does: 'reply' },
    { part: 'button', text: 'Shop', does: 'url', url: 'https://tea.example/{{button2.1}}' },
    { part: 'button', text: 'Copy offer code', does: 'code', code: '{{button3.code}}' },
  ])
  const values = ['Bo', 'NEW5', 'Monday', 'black', 'NEW5']
  expect(await send(filled(listed, values, { payloads: ['thanks-1'] }))).toBe('accepted')
  expect(phone.screen.at(-1)).toMatchObject({
    text: 'For Bo\nUse NEW5 until Monday.\nCamellia',
    links: ['Shop: https://tea.example/black', 'Copy offer code: NEW5'],
  })
  await phone.act('press:thanks-1')
  await simulator.settled()
  expect(receiver.of('message').at(-1)).toMatchObject({ choice: 'thanks-1', content: { text: 'Thanks' } })
  // Too much for the whole header, and one value too few.
  expect(await send(filled(listed, ['x'.repeat(57), ...values.slice(1)]))).toBe('template-refused')
  const { places = [] } = listed
  const fewer = { ...listed, places: places.filter(({ does }) => does !== 'code') }
  expect(await send(filled(fewer, values.slice(0, 4)))).toBe('content-refused')
  expect(simulator.refusals).toEqual(['132005', '131008'])
})

test('a picture above the words goes up as a sample when it is made and as a file when it is sent', async () => {
  const { phone, send, make, simulator, bytes } = await world()
  const listed = await make({
    head: { type: 'image', attachmentId: fileId },
    text: 'Hello {{1}}, {{2}} is here.',
    parameters: ['Ann', 'tea'],
  })
  expect(listed).toMatchObject({ header: 'image', parameters: ['1', '2'], text: 'Hello {{1}}, {{2}} is here.' })
  expect(await send(filled(listed, ['Bo', 'tea'], { header: { type: 'image', attachment: picture } }))).toBe('accepted')
  const bubble = phone.screen.at(-1)
  expect(bubble?.text).toBe('Hello Bo, tea is here.')
  expect(simulator.file?.(bubble?.media?.id ?? '')?.bytes).toEqual(bytes)
  expect(await send(filled(listed, ['Bo', 'tea']))).toBe('template-refused')
  const video = { type: 'video', attachment: { ...picture, mime: 'video/mp4' } } as const
  expect(await send(filled(listed, ['Bo', 'tea'], { header: video }))).toBe('template-refused')
  expect(simulator.refusals[0]).toBe('132012')
})

test('a document and a place stand above the words too', async () => {
  const { phone, send, make } = await world({ mime: 'application/pdf', name: 'bill.pdf' })
  const bill = await make({ name: 'bill', head: { type: 'file', attachmentId: fileId } })
  const attachment = { ...picture, name: 'bill.pdf', mime: 'application/pdf' }
  expect(await send(filled(bill, [], { header: { type: 'file', attachment } }))).toBe('accepted')
  expect(phone.screen.at(-1)).toMatchObject({ text: 'Tea is here.', media: { name: 'bill.pdf' } })
  const shop = await make({ name: 'shop', head: { type: 'location' } })
  expect(shop.header).toBe('location')
  const place = { type: 'location', latitude: 31.2, longitude: 121.5, title: 'Camellia', address: 'Bund 1' } as const
  expect(await send(filled(shop, [], { header: place }))).toBe('accepted')
  expect(phone.screen.at(-1)?.text).toBe('Camellia, Bund 1\nTea is here.')
})

test('a sample of a kind that Meta does not take is refused before anything is made', async () => {
  const { context } = await world({ mime: 'video/3gpp', name: 'tea.3gp' })
  const draft = { name: 'tea', language: 'en', category: 'utility', text: 'Tea', parameters: [], buttons: [] }
  const made = await submit({ ...draft, head: { type: 'video', attachmentId: fileId } }, context)
  expect(made).toMatchObject({ code: 'media-refused' })
})

import type { Attachment, MessageTemplate } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { emptyFilling, faultsOf, filledTemplate } from './filled-template.ts'

const template: MessageTemplate = {
  id: '01900000-0000-7000-8000-000000000000',
  name: 'tea',
  title: null,
  language: 'en',
  category: 'UTILITY',
  state: 'approved',
  reason: null,
  text: 'Tea for {{name}}',
  parameters: ['name', 'button1.1'],
  places: [
    { part: 'body', name: 'name', named: true, plain: true, most: 10 },
    { part: 'button', name: '1', button: 0, does: 'url' },
  ],
  header: null,
  components: [
    { part: 'body', text: 'Tea for {{name}}' },
    { part: 'button', text: 'Shop', does: 'url', url: 'https://tea.example/{{button1.1}}' },
  ],
}
const filling = emptyFilling(template)
const file: Attachment = {
  id: 'f',
  kind: 'image',
  name: 'tea.jpg',
  mime: 'image/jpeg',
  bytes: 7,
  state: 'ready',
  progress: 100,
  failure: null,
  links: { download: '', view: null, thumbnail: null, expiresAt: '2026-01-01T00:00:00.000Z' },
}

test('it can be sent once each value would be taken', () => {
  expect(filledTemplate(template, filling)).toBeNull()
  expect(faultsOf(template, { ...filling, values: ['x     y', 'a b'] })).toEqual(['spaces', 'spaces'])
  expect(filledTemplate(template, { ...filling, values: [' Ann ', '42'] })).toEqual({
    type: 'template',
    name: 'tea',
    language: 'en',
    parameters: ['Ann', '42'],
    text: 'Tea for Ann',
    buttons: ['Shop'],
    parts: [
      { part: 'body', text: 'Tea for Ann' },
      { part: 'button', text: 'Shop', does: 'url', url: 'https://tea.example/42' },
    ],
  })
})

test('a file above it has to be there, and of its kind', () => {
  const values = ['Ann', '42']
  const pictured = { ...template, header: 'image' } as const
  expect(filledTemplate(pictured, { ...filling, values })).toBeNull()
  expect(filledTemplate(pictured, { ...filling, values, file: { ...file, kind: 'file' } })).toBeNull()
  expect(filledTemplate(pictured, { ...filling, values, file })?.header).toEqual({
    type: 'image',
    attachment: { id: 'f', name: 'tea.jpg', mime: 'image/jpeg', bytes: 7 },
  })
})

test('a place above it has coordinates, a name and an address', () => {
  const located = { ...template, header: 'location' } as const
  const spot = { coordinates: '31.23, 121.47', title: 'Camellia', address: '' }
  const values = ['Ann', '42']
  expect(filledTemplate(located, { ...filling, values, spot })).toBeNull()
  expect(filledTemplate(located, { ...filling, values, spot: { ...spot, address: ' Bund 1 ' } })?.header).toEqual({
    type: 'location',
    latitude: 31.23,
    longitude: 121.47,
    title: 'Camellia',
    address: 'Bund 1',
  })
})

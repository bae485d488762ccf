import { agentContent } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { checkInsert } from './check-insert.ts'

test('a menu is its words and its options, with a name for each', () => {
  const checked = checkInsert('menu', { menu: { text: ' Which tea? ', options: ['White', ' Green ', ''] } })
  expect(checked).toEqual({
    content: {
      type: 'menu',
      text: 'Which tea?',
      style: 'list',
      options: [
        { id: '1', label: 'White' },
        { id: '2', label: 'Green' },
      ],
    },
  })
  expect(agentContent.parse('content' in checked && checked.content)).toMatchObject({ type: 'menu' })
})

test('a menu says beside each field what is missing', () => {
  expect(checkInsert('menu', {})).toEqual({ errors: { text: 'needed', 'options.0': 'twoOptions' } })
  expect(checkInsert('menu', { menu: { text: 'Tea?', options: ['Yes', '', 'Yes', 'x'.repeat(101)] } })).toEqual({
    errors: { 'options.2': 'sameOption', 'options.3': 'tooLong' },
  })
  expect(checkInsert('menu', { menu: { text: 'Tea?', options: ['', 'Yes'] } })).toEqual({
    errors: { 'options.0': 'twoOptions' },
  })
})

test('a card has a title, and beside it what was filled in', () => {
  const links = [
    { label: 'Shop', url: 'https://shop.example/a' },
    { label: '', url: '' },
  ]
  expect(checkInsert('card', { card: { title: 'Tea', text: '', imageUrl: '', links } })).toEqual({
    content: { type: 'card', title: 'Tea', buttons: [{ label: 'Shop', url: 'https://shop.example/a' }] },
  })
  const full = checkInsert('card', {
    card: { title: 'Tea', text: 'New', imageUrl: 'https://shop.example/a.jpg', links: [] },
  })
  expect(agentContent.parse('content' in full && full.content)).toMatchObject({
    imageUrl: 'https://shop.example/a.jpg',
  })
})

test('addresses of pages and pictures are checked, and an address without a name is no link', () => {
  const links = [
    { label: '', url: 'https://shop.example' },
    { label: 'Shop', url: 'shop' },
    { label: 'Bad', url: 'javascript:alert(1)' },
  ]
  expect(checkInsert('card', { card: { title: ' ', text: '', imageUrl: 'a.jpg', links } })).toEqual({
    errors: {
      title: 'needed',
      imageUrl: 'noAddress',
      'links.0.label': 'needed',
      'links.1.url': 'noAddress',
      'links.2.url': 'noAddress',
    },
  })
})

test('a card opens a page of a mini program where the channel has such cards', () => {
  const page = { title: 'Your order', text: '', imageUrl: '', links: [], appId: ' wx12 ', path: 'pages/order?id=1 ' }
  const withPage = (miniProgram: object) => ({
    content: { type: 'card', title: 'Your order', buttons: [], miniProgram },
  })
  expect(checkInsert('card', { card: page }, 'any')).toEqual(withPage({ appId: 'wx12', path: 'pages/order?id=1' }))
  expect(checkInsert('card', { card: page }, 'own')).toEqual(withPage({ path: 'pages/order?id=1' }))
  // Where the channel has no such cards, what stands in fields that are not shown is not sent.
  expect(checkInsert('card', { card: page })).toEqual({ content: { type: 'card', title: 'Your order', buttons: [] } })
  expect(checkInsert('card', { card: { ...page, appId: '' } }, 'any')).toEqual({ errors: { appId: 'noAppId' } })
})

test('a place needs its coordinates', () => {
  expect(checkInsert('place', { place: { title: 'Bund', address: '', point: '31.23, 121.47' } })).toEqual({
    content: { type: 'location', latitude: 31.23, longitude: 121.47, title: 'Bund' },
  })
  expect(
    checkInsert('place', { place: { title: 'x'.repeat(201), address: 'Zhongshan Road', point: 'there' } }),
  ).toEqual({
    errors: { title: 'tooLong', point: 'noPoint' },
  })
  expect(checkInsert('place', {})).toEqual({ errors: { point: 'noPoint' } })
})

test('a contact has a name and a way to reach them, one in each line', () => {
  const contact = {
    name: ' Wang Fang ',
    organisation: '',
    phones: '+86 138 0000 1234\n\n+86 21 1 ',
    emails: 'fang@example.com',
  }
  expect(checkInsert('contact', { contact })).toEqual({
    content: {
      type: 'contact',
      name: 'Wang Fang',
      phones: ['+86 138 0000 1234', '+86 21 1'],
      emails: ['fang@example.com'],
    },
  })
  expect(checkInsert('contact', {})).toEqual({ errors: { name: 'needed', phones: 'oneOfThem' } })
  const wrong = { name: 'Wang', organisation: 'x'.repeat(201), phones: '1\n2\n3\n4\n5\n6', emails: 'fang' }
  expect(checkInsert('contact', { contact: wrong })).toEqual({
    errors: { organisation: 'tooLong', phones: 'fiveLines', emails: 'noMail' },
  })
})

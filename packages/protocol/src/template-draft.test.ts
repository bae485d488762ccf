import { expect, test } from 'vitest'
import { nextPlace, placesIn, type TemplateDraft, templateFaults, type TemplateRules } from './template-draft.ts'

const rules: TemplateRules = {
  name: { pattern: '[a-z0-9_]+', most: 20 },
  languages: ['en', 'zh_CN'],
  categories: ['utility'],
  header: 10,
  body: 40,
  footer: null,
  parameters: 2,
  parametersAtEdge: false,
  buttons: {
    most: 3,
    label: 8,
    kinds: [
      { kind: 'reply', most: 2 },
      { kind: 'url', most: 1 },
      { kind: 'phone', most: 1 },
    ],
  },
}
const fine: TemplateDraft = {
  name: 'order_sent',
  language: 'en',
  category: 'utility',
  text: 'Order {{1}} comes on {{2}}.',
  parameters: ['A-1', 'Friday'],
  buttons: [],
}
const told = (change: Partial<TemplateDraft>) =>
  templateFaults({ ...fine, ...change }, rules).map(({ path, fault, most }) =>
    [path.join('.'), fault, ...(most === undefined ? [] : [most])].join(' '),
  )

test('a template that keeps to the rules has no fault', () => {
  expect(told({})).toEqual([])
  expect(told({ header: 'Shipped', text: 'Hello', parameters: [] })).toEqual([])
  const buttons = [
    { kind: 'reply', label: 'Yes' },
    { kind: 'url', label: 'Track', url: 'https://camellia.example/track' },
    { kind: 'phone', label: 'Call', phone: '+8613800000000' },
  ] as const
  expect(told({ buttons: [...buttons] })).toEqual([])
})

test('what is missing, too long or not to be chosen is told with its place', () => {
  expect(told({ name: ' ' })).toEqual(['name missing'])
  expect(told({ name: 'Order Sent' })).toEqual(['name name'])
  expect(told({ name: 'a'.repeat(21) })).toEqual(['name too-long 20'])
  expect(told({ language: 'fr', category: 'x' })).toEqual(['language choice', 'category choice'])
  // Counted in characters: a face is one of them.
  expect(told({ text: '茶'.repeat(39) + '🍵', parameters: [] })).toEqual([])
  expect(told({ text: 'x'.repeat(41), parameters: [] })).toEqual(['text too-long 40'])
  expect(told({ header: 'Hello {{1}}'.slice(0, 10) })).toEqual(['header braces'])
  expect(told({ footer: 'Bye' })).toEqual(['footer too-long 0'])
})

test('places have examples, are not too many, and stand neither first nor last', () => {
  expect(told({ parameters: ['A-1', ' '] })).toEqual(['parameters.1 missing'])
  expect(told({ text: '{{1}} is here.', parameters: ['x'] })).toEqual(['text at-edge'])
  expect(told({ text: 'Here is {{1}} ', parameters: ['x'] })).toEqual(['text at-edge'])
  expect(told({ text: 'a {{1}} {{2}} {{3}} b', parameters: ['x', 'y', 'z'] })).toEqual(['text too-many 2'])
  expect(told({ text: 'a {{1} b', parameters: [] })).toEqual(['text braces'])
})

test('buttons are of the kinds that there are, labelled, with an address or a number', () => {
  const reply = { kind: 'reply', label: 'Yes' } as const
  expect(told({ buttons: [reply, reply, reply] })).toEqual(['buttons.2.kind too-many 2'])
  expect(told({ buttons: [{ kind: 'reply', label: 'far too long' }] })).toEqual(['buttons.0.label too-long 8'])
  expect(told({ buttons: [{ kind: 'url', label: '', url: 'camellia' }] })).toEqual([
    'buttons.0.label missing',
    'buttons.0.url no-address',
  ])
  expect(told({ buttons: [{ kind: 'phone', label: 'Call', phone: '138' }] })).toEqual(['buttons.0.phone no-phone'])
  expect(templateFaults({ ...fine, buttons: [reply] }, { ...rules, buttons: null })).toEqual([
    { path: ['buttons'], fault: 'too-many', most: 0 },
  ])
})

test('the next place has the next number', () => {
  expect(placesIn('{{2}} {{ name }} {{2}}')).toEqual(['2', 'name'])
  expect(nextPlace('')).toBe('{{1}}')
  expect(nextPlace('{{2}} {{name}}')).toBe('{{3}}')
})

const texting: TemplateRules = {
  ...rules,
  languages: [],
  categories: ['utility', 'code'],
  parametersAtEdge: true,
  apart: true,
  places: '[A-Za-z]\\w*',
  prefix: '【茶】',
  remark: { most: 5, needed: true },
  byCategory: { code: { parameters: 1, oneOf: ['code', 'number'] } },
}
test('the rules of a provider that names by codes: no language, a remark, words around places, the signature counted', () => {
  const texted = (change: Partial<TemplateDraft>) =>
    templateFaults({ ...fine, language: '', text: '{{a}} is {{b}}', remark: 'why', ...change }, texting).map(
      ({ path, fault, most, what }) =>
        [path.join('.'), fault, most ?? what].filter((part) => part !== undefined).join(' '),
    )
  expect(texted({})).toEqual([])
  expect(texted({ text: 'x'.repeat(38) })).toEqual(['text too-long 37'])
  expect(texted({ text: '{{a}} {{b}}' })).toEqual(['text apart'])
  expect(texted({ text: 'it is {{1}}' })).toEqual(['text place 1'])
  expect(texted({ remark: ' ' })).toEqual(['remark missing'])
  expect(texted({ remark: 'because' })).toEqual(['remark too-long 5'])
  expect(texted({ category: 'code' })).toEqual(['text too-many 1'])
  expect(texted({ category: 'code', text: 'it is {{a}}' })).toEqual(['text words code / number'])
  expect(texted({ category: 'code', text: 'code {{a}}' })).toEqual([])
  expect(nextPlace('{{text1}} {{b}}', texting)).toBe('{{text2}}')
})

const rich: TemplateRules = {
  ...rules,
  header: 20,
  headerPlaces: 1,
  heads: ['image', 'location'],
  places: '\\d+|[a-z][a-z0-9_]*',
  alike: true,
  categories: ['utility', 'marketing'],
  buttons: {
    most: 3,
    label: 8,
    kinds: [
      { kind: 'url', most: 2 },
      { kind: 'code', most: 1, categories: ['marketing'] },
    ],
    places: true,
    code: 6,
  },
}
test('where the provider takes more: places in headers and addresses, codes, pictures, names', () => {
  const toldOf = (change: Partial<TemplateDraft>) =>
    templateFaults({ ...fine, ...change }, rich).map(({ path, fault, most }) =>
      [path.join('.'), fault, ...(most === undefined ? [] : [most])].join(' '),
    )
  expect(toldOf({ header: 'For {{1}}', headerParameters: ['Ann'] })).toEqual([])
  expect(toldOf({ header: 'For {{1}}' })).toEqual(['headerParameters.0 missing'])
  expect(toldOf({ header: '{{1}} and {{2}}', headerParameters: ['a', 'b'] })).toEqual(['header too-many 1'])
  expect(toldOf({ header: 'For {{1}', headerParameters: ['Ann'] })).toEqual(['header braces'])
  expect(toldOf({ text: 'Of {{order_no}} and {{day}}.' })).toEqual([])
  expect(toldOf({ text: 'Of {{order_no}} and {{2}}.' })).toEqual(['text mixed'])
  expect(toldOf({ text: 'Of {{Order}} and {{day}}.' })).toEqual(['text place'])
  const attachmentId = '01900000-0000-7000-8000-000000000001'
  expect(toldOf({ head: { type: 'image', attachmentId } })).toEqual([])
  expect(toldOf({ head: { type: 'video', attachmentId } })).toEqual(['head choice'])
  expect(toldOf({ head: { type: 'location' }, header: 'Here' })).toEqual(['head choice'])
  const url = (address: string, example?: string) =>
    toldOf({ buttons: [{ kind: 'url', label: 'Go', url: address, ...(example ? { example } : {}) }] })
  expect(url('https://tea.example/{{1}}', 'https://tea.example/7')).toEqual([])
  expect(url('https://tea.example/{{1}}')).toEqual(['buttons.0.example missing'])
  expect(url('https://tea.example/{{1}}', 'https://else.example/7')).toEqual(['buttons.0.example no-address'])
  expect(url('https://tea.example/{{1}}/x', 'https://tea.example/7/x')).toEqual(['buttons.0.url braces'])
  expect(url('https://tea.example/{{2}}', 'https://tea.example/7')).toEqual(['buttons.0.url braces'])
  const code = { kind: 'code', label: '', example: 'TEA-25' } as const
  expect(toldOf({ category: 'marketing', buttons: [code] })).toEqual([])
  expect(toldOf({ category: 'marketing', buttons: [{ ...code, example: 'TEA-250' }] })).toEqual([
    'buttons.0.example too-long 6',
  ])
  expect(toldOf({ buttons: [code] })).toEqual(['buttons.0.kind too-many 0'])
})

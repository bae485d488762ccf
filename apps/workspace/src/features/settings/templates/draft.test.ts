import { channels } from '@qiao/channels'
import {
  type Attachment,
  kindsFor,
  type MessageTemplate,
  nextPlace,
  type TemplateRules,
  templateFaults,
} from '@qiao/protocol'
import { expect, test } from 'vitest'
import { buttonAs, draftOf, emptyDraft, freeKinds, kindOf, namedBy, previewOf, toSubmit } from './draft.ts'

const rules: TemplateRules = {
  name: { pattern: '[a-z0-9_]+', most: 20 },
  languages: ['en_US', 'zh_CN', 'pt_BR'],
  categories: ['utility', 'marketing'],
  header: 60,
  body: 1024,
  footer: 60,
  parameters: 9,
  parametersAtEdge: false,
  buttons: {
    most: 2,
    label: 25,
    kinds: [
      { kind: 'reply', most: 2 },
      { kind: 'phone', most: 1 },
    ],
  },
}
const draft = emptyDraft(rules, 'zh-CN')

test('it begins in the language of whoever writes it, where the provider has that', () => {
  expect(draft).toMatchObject({ language: 'zh_CN', category: 'utility' })
  expect(emptyDraft(rules, 'pt').language).toBe('pt_BR')
  expect(emptyDraft(rules, 'fr').language).toBe('en_US')
})

test('an example stays with its place when the text is turned round', () => {
  const examples = { 1: 'A-1', 2: ' Friday ' }
  expect(toSubmit({ ...draft, text: ' On {{2}} comes {{1}}. ', examples }, rules)).toMatchObject({
    text: 'On {{2}} comes {{1}}.',
    parameters: ['Friday', 'A-1'],
  })
  const { header, ...rest } = toSubmit({ ...draft, header: ' Hi ', footer: '  ' }, rules)
  expect([header, 'footer' in rest]).toEqual(['Hi', false])
})

test('the preview has the parts that are written', () => {
  const buttons = [buttonAs('reply', 'Yes'), buttonAs('phone', '')]
  const shown = previewOf({ ...draft, text: 'Hello {{1}}!', footer: 'Bye', buttons }, rules)
  expect(shown.components).toEqual([
    { part: 'body', text: 'Hello {{1}}!' },
    { part: 'footer', text: 'Bye' },
    { part: 'button', text: 'Yes', does: 'reply' },
  ])
  expect(shown.parameters).toEqual(['1'])
})

test('what stands above is words with places of their own, or a file with a sample', () => {
  const worded = { ...draft, text: 'Hi {{1}}!', header: 'For {{1}}', examples: { 1: 'Ann', 'header.1': 'Bo' } }
  expect(toSubmit(worded, rules)).toMatchObject({ header: 'For {{1}}', headerParameters: ['Bo'], parameters: ['Ann'] })
  expect(previewOf(worded, rules)).toMatchObject({
    parameters: ['header.1', '1'],
    places: [
      { part: 'header', name: '1' },
      { part: 'body', name: '1' },
    ],
    components: [{ text: 'For {{header.1}}' }, { text: 'Hi {{1}}!' }],
  })
  const pictured = { ...worded, head: 'image' } as const
  expect(toSubmit(pictured, rules)).toMatchObject({ head: { type: 'image', attachmentId: '' } })
  expect(toSubmit(pictured, rules)).not.toHaveProperty('header')
  const open = { ...rules, heads: ['image'] } satisfies TemplateRules
  expect(templateFaults(toSubmit({ ...pictured, name: 'a' }, open), open)).toEqual([
    { path: ['head', 'attachmentId'], fault: 'missing' },
  ])
  const sample: Attachment = {
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
  expect(toSubmit({ ...pictured, sample }, rules).head).toEqual({ type: 'image', attachmentId: 'f' })
  expect(previewOf(pictured, rules)).toMatchObject({ header: 'image', parameters: ['1'] })
})

test('a code is copied where the category has that', () => {
  const kinds = [{ kind: 'code' as const, most: 1, categories: ['marketing'] }]
  const coding = { ...rules, buttons: { most: 2, label: 25, kinds } }
  expect(freeKinds(coding, [], 'utility')).toEqual([])
  expect(freeKinds(coding, [], 'marketing')).toEqual(['code'])
  const code = { ...buttonAs('code', 'x'), example: 'TEA25' }
  expect(previewOf({ ...draft, buttons: [code] }, rules).components).toMatchObject([{ does: 'code', code: 'TEA25' }])
})

test('names become what the provider takes when only case and blanks are in the way', () => {
  expect(namedBy(rules, 'Order Shipped')).toBe('order_shipped')
  expect(namedBy(rules, '订单')).toBe('订单')
  expect(namedBy({ ...rules, name: { pattern: '[A-Z]+', most: 9 } }, 'ABC')).toBe('ABC')
})

test('there are as many buttons of a kind as the provider takes', () => {
  expect(freeKinds(rules, [])).toEqual(['reply', 'phone'])
  expect(freeKinds(rules, [buttonAs('phone', 'Call')])).toEqual(['reply'])
  expect(freeKinds(rules, [buttonAs('reply', 'a'), buttonAs('reply', 'b')])).toEqual([])
  expect(freeKinds({ ...rules, buttons: null }, [])).toEqual([])
})

test('every channel that takes templates takes a plain one', () => {
  const making = channels.flatMap(({ templates }) => templates?.make?.rules ?? [])
  expect(making.length).toBeGreaterThan(0)
  for (const theirs of making) {
    const place = nextPlace('', theirs)
    const examples = { [place.slice(2, -2)]: 'Ann' }
    const written = { name: 'hello', text: `Hello ${place}!`, examples, remark: 'A greeting' }
    const plain = toSubmit({ ...emptyDraft(theirs, 'en'), ...written }, theirs)
    expect(templateFaults(plain, theirs)).toEqual([])
  }
})

const coded: TemplateRules = {
  ...rules,
  codes: true,
  languages: [],
  categories: ['notification', 'verification'],
  kinds: [
    { kind: 'others', words: { zh: '其他', en: 'Other' }, categories: ['notification'] },
    { kind: 'name', words: { zh: '姓名', en: 'Name' }, categories: ['notification'] },
    { kind: 'code', words: { zh: '数字', en: 'Digits' }, categories: ['verification'] },
  ],
  prefix: '【茶】',
}

test('a place holds what was chosen, as long as its category has that', () => {
  const written = { ...emptyDraft(coded, 'zh'), text: '{{a}}和{{b}}', kinds: { b: 'name' }, remark: ' 通知 ' }
  expect(toSubmit(written, coded)).toMatchObject({ kinds: ['others', 'name'], remark: '通知', language: '' })
  expect(kindOf({ ...written, category: 'verification' }, coded, 'b')).toBe('code')
  expect(kindsFor(coded, 'verification')).toHaveLength(1)
  expect(toSubmit({ ...draft, text: '{{1}}' }, rules)).not.toHaveProperty('kinds')
})

test('one that is changed begins as it is; customers see the signature before it', () => {
  const template: MessageTemplate = {
    id: '01900000-0000-7000-8000-000000000000',
    name: 'SMS_1',
    title: '发货',
    language: 'zh_CN',
    category: 'verification',
    state: 'rejected',
    reason: null,
    text: '订单{{a}}',
    parameters: ['a'],
    places: [],
    header: null,
    components: [],
  }
  const changed = draftOf(template, coded, 'zh')
  expect(changed).toMatchObject({ name: '发货', category: 'verification', text: '订单{{a}}', remark: '' })
  expect(draftOf({ ...template, category: 'domestic' }, coded, 'zh').category).toBe('notification')
  expect(previewOf(changed, coded).components).toEqual([{ part: 'body', text: '【茶】订单{{a}}' }])
})

import { channels } from '@qiao/channels'
import { type TemplateRules, templateFaults } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { buttonAs, emptyDraft, freeKinds, namedBy, previewOf, toSubmit } from './draft.ts'

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
  expect(toSubmit({ ...draft, text: ' On {{2}} comes {{1}}. ', examples })).toMatchObject({
    text: 'On {{2}} comes {{1}}.',
    parameters: ['Friday', 'A-1'],
  })
  const { header, ...rest } = toSubmit({ ...draft, header: ' Hi ', footer: '  ' })
  expect([header, 'footer' in rest]).toEqual(['Hi', false])
})

test('the preview has the parts that are written', () => {
  const buttons = [buttonAs('reply', 'Yes'), buttonAs('phone', '')]
  const shown = previewOf({ ...draft, text: 'Hello {{1}}!', footer: 'Bye', buttons })
  expect(shown.components).toEqual([
    { part: 'body', text: 'Hello {{1}}!' },
    { part: 'footer', text: 'Bye' },
    { part: 'button', text: 'Yes' },
  ])
  expect(shown.parameters).toEqual(['1'])
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
    const plain = toSubmit({ ...emptyDraft(theirs, 'en'), name: 'hello', text: 'Hello {{1}}!', examples: { 1: 'Ann' } })
    expect(templateFaults(plain, theirs)).toEqual([])
  }
})

import type { MessageTemplate } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { arrangeTemplates } from './arrange-templates.ts'

const template = (name: string, language: string, state: MessageTemplate['state'] = 'approved'): MessageTemplate => ({
  id: `${name} ${language}`,
  name,
  title: null,
  language,
  category: 'UTILITY',
  state,
  reason: null,
  text: `Words of ${name}`,
  parameters: [],
  places: [],
  header: null,
  components: [],
})
const all = [
  template('b_paid', 'en', 'pending'),
  template('z_shipped', 'fr'),
  template('shipped', 'zh_CN'),
  template('shipped', 'en_US'),
]
const ids = (change: object) =>
  arrangeTemplates(all, { text: '', language: null, preferred: ['zh-CN', 'en'], ...change }).map(({ id }) => id)

test("the customer's language comes first, what cannot be sent last", () => {
  expect(ids({})).toEqual(['shipped zh_CN', 'shipped en_US', 'z_shipped fr', 'b_paid en'])
  expect(ids({ preferred: ['fr', 'en'] })).toEqual(['z_shipped fr', 'shipped en_US', 'shipped zh_CN', 'b_paid en'])
})

test('all words that are searched for have to be there, underscores count as spaces', () => {
  expect(ids({ text: 'z shipped' })).toEqual(['z_shipped fr'])
  expect(ids({ text: 'WORDS b' })).toEqual(['b_paid en'])
  expect(ids({ text: 'nothing' })).toEqual([])
  expect(ids({ language: 'en_US' })).toEqual(['shipped en_US'])
})

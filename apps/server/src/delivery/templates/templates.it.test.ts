import type { Template } from '@qiao/channels'
import type { TemplateRules } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { parrotCapabilities, parrotWith } from '../../testing/parrot-channel.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'
import { connect } from '../../testing/socket-peer.ts'

vi.setConfig({ testTimeout: 60_000 })
const shipped: Template = {
  name: 'shipped',
  language: 'en',
  category: 'UTILITY',
  state: 'approved',
  text: 'Order {{1}} comes on {{2}}',
  parameters: ['1', '2'],
}
const greeting: Template = { ...shipped, name: 'greeting', state: 'pending', text: 'Hello', parameters: [] }
/** What the provider has. */
const desk: { templates: Template[]; problem: boolean } = { templates: [shipped, greeting], problem: false }
const rules: TemplateRules = {
  name: { pattern: '[a-z]+', most: 20 },
  languages: ['en'],
  categories: ['marketing'],
  header: null,
  body: 100,
  footer: null,
  parameters: 1,
  parametersAtEdge: true,
  buttons: null,
  edits: ['rejected'],
}
const channel = parrotWith(
  { text: { ...parrotCapabilities.text, most: 400 } },
  {
    templates: {
      list: async () => (desk.problem ? { code: 'credentials-refused', detail: 'no' } : desk.templates),
      make: {
        rules,
        submit: async ({ name, language, category, text }) => {
          if (name.includes('bad')) return { code: 'template-refused', detail: 'no such category' }
          const made: Template = { name, language, category, text, parameters: ['1'], state: 'pending' }
          desk.templates.push(made)
          return made
        },
        edit: async (name, { text, name: title }) => {
          const made: Template = { ...shipped, name, title, text, state: 'pending', parameters: [] }
          desk.templates = desk.templates.map((template) => (template.name === name ? made : template))
          return title.includes('gone') ? { code: 'no-answer' } : made
        },
        prefix: () => '[Parrot] ',
      },
      remove: async (name) => {
        desk.templates = desk.templates.filter((template) => template.name !== name)
        return null
      },
    },
  },
)
const company = await startParrotCompany({ channel })
const { provider, must, call, agent, admin } = company
const path = `/api/v1/inboxes/${company.inbox.id}/templates`
const list = async () => must('GET', path, agent.credentials)
const namesIn = ({ templates }: { templates: Template[] }) => templates.map(({ name, state }) => `${name} ${state}`)

async function customer(address: string, hoursAgo = 0): Promise<string> {
  await company.say(address, 'hello', { id: uuidv7(), at: new Date(Date.now() - hoursAgo * 3_600_000).toISOString() })
  return until(() => company.conversationOf(address))
}
const send = (conversationId: string, change: object = {}) =>
  call('POST', `/api/v1/conversations/${conversationId}/messages`, agent.credentials, {
    clientKey: uuidv7(),
    content: { type: 'template', name: 'shipped', language: 'en', parameters: ['42', 'Friday'], text: '-', ...change },
  })

test('they are there once the channel is configured, and follow the provider by its word and when asked for', async () => {
  expect(
    namesIn(
      await until(async () => {
        const found = await list()
        return found.refreshedAt === null ? null : found
      }),
    ),
  ).toEqual(['greeting pending', 'shipped approved'])
  const peer = await connect(company.url, '/ws/agent', agent.credentials)
  await peer.next(({ type }) => type === 'ready')
  // The provider's word counts at once; what else is new is asked for.
  desk.templates = [shipped, { ...greeting, state: 'rejected', reason: 'ABUSIVE_CONTENT', text: 'Hello!' }]
  const told = { name: 'greeting', language: 'en', state: 'rejected', reason: 'ABUSIVE_CONTENT' }
  await provider.deliver(company.callback, [{ id: uuidv7(), from: 'account', kind: 'template', fields: told }])
  const changed = await until(async () => {
    const { templates } = await list()
    return templates.find((template: Template) => template.text === 'Hello!')
  })
  expect(changed).toMatchObject({
    state: 'rejected',
    reason: 'ABUSIVE_CONTENT',
    components: [{ part: 'body', text: 'Hello!' }],
  })
  // Screens that show them are told.
  await peer.next(({ type, what }) => type === 'changed' && what === 'templates')
  peer.close()
  // What cannot be asked for leaves what is known.
  desk.problem = true
  const kept = await must('POST', `${path}/refresh`, agent.credentials)
  expect(kept).toMatchObject({ problem: { code: 'credentials-refused' }, rules, removes: true })
  expect(kept.rules.prefix).toBe('[Parrot] ')
  expect(namesIn(kept)).toEqual(['greeting rejected', 'shipped approved'])
  desk.problem = false
  expect((await must('POST', `${path}/refresh`, agent.credentials)).problem).toBeNull()
})

test('one is submitted, refused with the words of the provider, and removed; by administrators only', async () => {
  const body = { name: 'news', language: 'en', category: 'marketing', text: 'News: {{1}}', parameters: ['tea'] }
  expect(await call('POST', path, agent.credentials, body)).toMatchObject({ status: 403 })
  const made = await must('POST', path, admin.credentials, body)
  expect(made).toMatchObject({ template: { name: 'news', state: 'pending', text: 'News: {{1}}' }, problem: null })
  const refused = await must('POST', path, admin.credentials, { ...body, name: 'bad' })
  expect(refused).toMatchObject({ template: null, problem: { code: 'template-refused', detail: 'no such category' } })
  // What the provider could not take is not sent there.
  const wrong = await call('POST', path, admin.credentials, { ...body, name: 'bad name', category: 'x' })
  expect(wrong).toMatchObject({ status: 422, code: 'invalid-input' })
  expect(wrong.body.issues.map((issue: { path: string }) => issue.path)).toEqual(['body.name', 'body.category'])
  expect(await must('DELETE', `${path}/news`, admin.credentials)).toEqual({ problem: null })
  expect(namesIn(await list())).not.toContain('news pending')
  expect(await call('GET', path, company.outsider.credentials)).toMatchObject({ status: 404 })
})

test('a rejected one is changed and submitted again; while it is looked at the provider is asked again', async () => {
  const body = { name: 'renewed', language: 'en', category: 'marketing', text: 'Hello again' }
  const put = (name: string, change: object = {}) =>
    call('PUT', `${path}/${name}`, admin.credentials, { ...body, ...change })
  desk.templates = [shipped, { ...greeting, state: 'rejected', reason: 'ABUSIVE_CONTENT' }]
  await must('POST', `${path}/refresh`, agent.credentials)
  expect(await call('PUT', `${path}/greeting`, agent.credentials, body)).toMatchObject({ status: 403 })
  expect(await put('shipped')).toMatchObject({ status: 409 })
  expect(await put('nothing')).toMatchObject({ status: 404 })
  // The signature counts: nine characters of the hundred.
  expect(await put('greeting', { text: 'x'.repeat(92) })).toMatchObject({ status: 422 })
  const changed = await put('greeting')
  expect(changed).toMatchObject({ status: 200 })
  expect(changed.body).toMatchObject({
    template: { name: 'greeting', title: 'renewed', state: 'pending', text: 'Hello again', reason: null },
    problem: null,
  })
  const { rows } = await company.pool.query<{ run_at: Date }>(
    `select run_at from graphile_worker.jobs where key = 'refresh-templates:${company.inbox.id}'`,
  )
  expect(rows).toHaveLength(1)
  const audited = await company.pool.query<{ details: object }>(
    `select details from audit_events where action = 'template.changed'`,
  )
  expect(audited.rows).toEqual([{ details: { name: 'greeting', language: 'en', title: 'renewed' } }])
  // An answer that is lost may have been a yes: the list says.
  desk.templates = desk.templates.map((one) => (one.name === 'greeting' ? { ...one, state: 'rejected' } : one))
  await must('POST', `${path}/refresh`, agent.credentials)
  expect((await put('greeting', { name: 'gone' })).body).toMatchObject({ problem: { code: 'no-answer' } })
  expect((await list()).templates).toContainEqual(expect.objectContaining({ title: 'gone', state: 'pending' }))
})

test('one goes out when free words may not, with the approved words whatever the client says', async () => {
  const id = await customer('7101', 49)
  expect(await company.reply(id, 'too late')).toMatchObject({ code: 'reply-window-closed' })
  expect((await send(id, { text: 'You have won!' })).status).toBe(200)
  await until(() => provider.sent.some(({ to, template }) => to === '7101' && template === 'shipped'))
  const sent = (await company.entriesOf(id)).find(({ kind }) => kind === 'message.sent')
  expect(sent?.body).toMatchObject({ content: { type: 'template', text: 'Order 42 comes on Friday' } })
  await until(async () => (await company.marksOf(id)).sentSeq > 0)
  // The customer answers, and free words go again.
  await company.say('7101', 'thank you', { id: uuidv7() })
  await until(async () => (await company.messagesOf('7101')).includes('thank you'))
  expect((await company.reply(id, 'with pleasure')).status).toBe(200)
})

test('it is refused before it is stored: unapproved, unknown, with values missing, and in web chat', async () => {
  const id = await customer('7102')
  const refused = { status: 422, code: 'content-not-sendable' }
  expect(await send(id, { name: 'greeting', parameters: [] })).toMatchObject(refused)
  expect(await send(id, { language: 'fr' })).toMatchObject(refused)
  expect(await send(id, { parameters: ['42'] })).toMatchObject(refused)
  const { conversationId } = await company.visitor()
  expect(await send(conversationId)).toMatchObject(refused)
  expect(provider.sent.filter(({ to }) => to === '7102')).toEqual([])
})

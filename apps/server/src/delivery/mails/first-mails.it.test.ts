import type { ScheduledReply } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test } from 'vitest'
import { startCourierCompany } from '../../testing/courier-company.ts'
import { until } from '../../testing/parrot-company.ts'
import { connect } from '../../testing/socket-peer.ts'

const company = await startCourierCompany({ mail: { signature: '<p>{agent}</p>' } })
const { must, call, agent, lead, outsider, admin, inbox, posted, office, db } = company
const path = `/api/v1/inboxes/${inbox.id}/scheduled-mails`
const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()

const letter = (subject: string, address = 'li@example.com') => ({
  type: 'mail',
  subject,
  from: null,
  to: [{ name: 'Li', address }],
  text: `about ${subject}`,
})
const writing = { kind: 'new', entryId: null, signed: false, quoted: true }
const schedule = (subject: string, sendAt: string, more: object = {}): Promise<ScheduledReply> =>
  must('POST', path, agent.credentials, { clientKey: uuidv7(), content: letter(subject), sendAt, writing, ...more })
const waiting = async (who = agent): Promise<ScheduledReply[]> =>
  (await must('GET', '/api/v1/scheduled-mails', who.credentials)).items
const begun = async (subject: string): Promise<{ id: string }[]> =>
  db.selectFrom('conversations').select('id').where('subject', '=', subject).execute()

test('until it leaves there is no conversation; then there is one, and its writer is told which', async () => {
  const peer = await connect(company.url, '/ws/agent', agent.credentials)
  afterAll(() => peer.close())
  await peer.next((frame) => frame.type === 'ready')
  const one = await schedule('Later', inHours(1))
  expect(one).toMatchObject({ conversationId: null, inboxId: inbox.id, writing, state: 'waiting' })
  await peer.next((frame) => frame.type === 'scheduled-replies' && frame['conversationId'] === null)
  expect((await waiting()).map(({ id }) => id)).toContain(one.id)
  expect(await begun('Later')).toEqual([])
  await must('PUT', `/api/v1/scheduled-replies/${one.id}`, agent.credentials, { sendAt: inHours(-1) })
  expect(await posted(({ subject }) => subject.startsWith('Later'))).toMatchObject({ to: ['li@example.com'] })
  const left = await until(async () => (await waiting()).find(({ id, state }) => id === one.id && state === 'sent'))
  expect(await begun('Later')).toEqual([{ id: left.conversationId }])
})

test('taken back it begins nothing, and what was written is given back', async () => {
  const one = await schedule('Never', inHours(1))
  const back = await must('DELETE', `/api/v1/scheduled-replies/${one.id}`, agent.credentials)
  expect(back).toMatchObject({ state: 'cancelled', writing, content: { subject: 'Never' } })
  const again = await call('PUT', `/api/v1/scheduled-replies/${one.id}`, agent.credentials, { sendAt: inHours(-1) })
  expect([again.status, again.code]).toEqual([409, 'conflict'])
  expect(await begun('Never')).toEqual([])
})

test('the same key is one letter; a process that dies before noting that it left sends no second one', async () => {
  const clientKey = uuidv7()
  const one = await schedule('Once', inHours(1), { clientKey })
  expect((await schedule('Once', inHours(1), { clientKey })).id).toBe(one.id)
  await must('PUT', `/api/v1/scheduled-replies/${one.id}`, agent.credentials, { sendAt: inHours(-1) })
  const stateOf = async () =>
    (await db.selectFrom('scheduled_replies').select('state').where('id', '=', one.id).executeTakeFirstOrThrow()).state
  await until(async () => (await stateOf()) === 'sent')
  await posted(({ subject }) => subject.startsWith('Once'))
  await sql`update scheduled_replies set state = 'sending', conversation_id = null where id = ${one.id}`.execute(db)
  // The address has been found not to work meanwhile: what has left has left all the same.
  await sql`insert into unreachable_addresses (inbox_id, address, problem, at)
    values (${inbox.id}, 'li@example.com', '{"code":"rejected"}', now())`.execute(db)
  const { addJobs } = await import('#platform/jobs/jobs')
  await addJobs(db, [{ name: 'send-first-mail', payload: { id: one.id } }])
  await until(async () => (await stateOf()) === 'sent')
  await db.deleteFrom('unreachable_addresses').execute()
  expect(await begun('Once')).toHaveLength(1)
  expect(office.posted.filter(({ subject }) => subject.startsWith('Once'))).toHaveLength(1)
})

test('what cannot be sent is refused at once, or shown as failed when its time comes', async () => {
  const body = { clientKey: uuidv7(), content: letter('Nobody'), sendAt: inHours(1) }
  const nobody = { ...body, content: { ...body.content, to: [] } }
  expect((await call('POST', path, agent.credentials, nobody)).code).toBe('invalid-input')
  expect((await call('POST', path, agent.credentials, { ...body, sendAt: inHours(24 * 500) })).code).toBe(
    'invalid-input',
  )
  expect((await call('POST', path, outsider.credentials, body)).code).toBe('not-found')
  const one: ScheduledReply = await must('POST', path, agent.credentials, body)
  await must('PATCH', `/api/v1/agents/${agent.id}`, admin.credentials, { teamIds: [] })
  await must('PUT', `/api/v1/scheduled-replies/${one.id}`, admin.credentials, { sendAt: inHours(-1) })
  const failed = await until(async () => (await waiting()).find(({ id, state }) => id === one.id && state === 'failed'))
  expect(failed.problem).toMatchObject({ code: 'not-found' })
  await must('PATCH', `/api/v1/agents/${agent.id}`, admin.credentials, { teamIds: [company.teams.first] })
  expect(await begun('Nobody')).toEqual([])
})

test('only its writer has it in the list, and only they and leads change it', async () => {
  const one = await schedule('Mine', inHours(1))
  const own = `/api/v1/scheduled-replies/${one.id}`
  expect(await waiting(lead)).toEqual([])
  expect((await call('DELETE', own, outsider.credentials)).code).toBe('not-found')
  expect((await call('DELETE', own, lead.credentials)).status).toBe(200)
})

test('what is being written is kept for each agent, and the signature is shown before it is sent', async () => {
  const start = await must('GET', `/api/v1/inboxes/${inbox.id}/mail-start`, agent.credentials)
  expect(start).toEqual({ signatureHtml: '<p>agent</p>', agentName: 'agent' })
  const mail = {
    kind: 'new',
    entryId: null,
    to: [],
    cc: [],
    bcc: [],
    subject: 'Half',
    html: '<p>half</p>',
    attachments: [],
    signed: true,
    quoted: true,
  }
  const draft = { inboxId: inbox.id, mail }
  await must('PUT', '/api/v1/mail-draft', agent.credentials, { draft })
  await must('PUT', '/api/v1/mail-draft', agent.credentials, {
    draft: { ...draft, mail: { ...mail, subject: 'Whole' } },
  })
  const kept = await must('GET', '/api/v1/mail-draft', agent.credentials)
  expect(kept.draft).toMatchObject({ inboxId: inbox.id, mail: { subject: 'Whole', html: '<p>half</p>' } })
  expect(await must('GET', '/api/v1/mail-draft', lead.credentials)).toEqual({ draft: null })
  expect((await call('PUT', '/api/v1/mail-draft', outsider.credentials, { draft })).code).toBe('not-found')
  await must('PUT', '/api/v1/mail-draft', agent.credentials, { draft: null })
  expect(await must('GET', '/api/v1/mail-draft', agent.credentials)).toEqual({ draft: null })
})

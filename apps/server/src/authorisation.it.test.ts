import * as protocol from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { describe, expect, test, vi } from 'vitest'
import { type Credentials, marker, startCompany } from './testing/company.ts'
import type { Target } from './testing/endpoint-case.ts'
import { endpointCases } from './testing/endpoint-cases.ts'

vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany()
const { call, must } = company

const endpoints = Object.entries<unknown>(protocol).filter(
  (pair): pair is [string, protocol.Endpoint] =>
    typeof pair[1] === 'object' && pair[1] !== null && 'method' in pair[1] && 'path' in pair[1],
)

/** Who calls: as whom, with which role, and whether the things of the first team are theirs to see. */
interface Caller {
  name: string
  role: protocol.Role | 'visitor' | 'stranger'
  sees: boolean
  credentials: () => Promise<Credentials> | Credentials
}
const callers: Caller[] = [
  { name: 'an administrator', role: 'admin', sees: true, credentials: () => company.admin.credentials },
  { name: 'a lead of the team', role: 'lead', sees: true, credentials: () => company.lead.credentials },
  { name: 'an agent of the team', role: 'agent', sees: true, credentials: () => company.agent.credentials },
  { name: 'an agent of another team', role: 'agent', sees: false, credentials: () => company.outsider.credentials },
  { name: 'the visitor', role: 'visitor', sees: true, credentials: () => ({}) },
  {
    name: 'another visitor of the same inbox',
    role: 'visitor',
    sees: false,
    credentials: async () => (await company.visitor(undefined, 'mine')).credentials,
  },
  { name: 'a stranger', role: 'stranger', sees: false, credentials: () => ({}) },
  {
    name: 'somebody with made-up credentials',
    role: 'stranger',
    sees: false,
    credentials: () => ({ authorization: `Bearer qv_${uuidv7()}`, cookie: `qiao.session_token=${uuidv7()}.x` }),
  },
]

/** A conversation of the first team's inbox with a file in it. */
async function newTarget(): Promise<{ target: Target; visitor: Credentials }> {
  const visitor = await company.visitor()
  const attachmentId = uuidv7()
  await must(
    'PUT',
    `/api/client/v1/attachments/${attachmentId}?name=${marker}.txt&type=text/plain`,
    visitor.credentials,
    Buffer.from('plain words\n'),
  )
  await must('POST', '/api/client/v1/messages', visitor.credentials, {
    clientKey: uuidv7(),
    conversationId: visitor.conversationId,
    content: { type: 'file', attachment: { id: attachmentId, name: 'x', mime: 'text/plain', bytes: 1 } },
  })
  const { conversationId, contactId } = visitor
  return {
    target: { company, conversationId, contactId, attachmentId, credentials: {} },
    visitor: visitor.credentials,
  }
}

/** The code with which this caller must be refused, or null when it must get through. */
function refusal({ access }: protocol.Endpoint, caller: Caller, sight: boolean): protocol.ErrorCode | null {
  if (access === 'public') return null
  if (access === 'visitor') {
    if (caller.role !== 'visitor') return 'visitor-token-invalid'
  } else {
    if (caller.role === 'visitor' || caller.role === 'stranger') return 'not-signed-in'
    if (!protocol.can(caller.role, access)) return 'forbidden'
  }
  return sight && !caller.sees ? 'not-found' : null
}

const api = await must('GET', '/api/openapi.json', {})
function declaredStatus({ method, path }: protocol.Endpoint): number {
  const { responses } = api.paths[path.replaceAll(/:(\w+)/g, '{$1}')][method.toLowerCase()]
  return Number(Object.keys(responses).find((status) => status.startsWith('2')))
}

test('every endpoint of the protocol is walked, and nothing else', () => {
  expect(Object.keys(endpointCases).toSorted()).toEqual(endpoints.map(([name]) => name).toSorted())
})

describe.each(callers)('$name', (caller) => {
  test('is let in exactly where it may, and sees nothing of others', async () => {
    const { target, visitor } = await newTarget()
    const isVisitor = caller.role === 'visitor' && caller.sees
    const credentials = isVisitor ? visitor : await caller.credentials()
    const wrong: string[] = []
    // Signing out comes last, or nothing after it would get through.
    const order = endpoints.toSorted(
      ([one], [other]) => Number(one === 'endVisitorSession') - Number(other === 'endVisitorSession'),
    )
    for (const [name, endpoint] of order) {
      const example = endpointCases[name]
      if (!example) continue
      const { params = {}, query, body } = await example.request({ ...target, credentials })
      const path = endpoint.path.replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? '')
      const search = query ? `?${new URLSearchParams(query).toString()}` : ''
      const answer = await call(endpoint.method, path + search, credentials, body)
      const wanted = refusal(endpoint, caller, example.sight !== undefined)
      const through = answer.status < 300 || example.alsoFine?.some((code) => code === answer.code)
      if (wanted === null ? !through : answer.code !== wanted) {
        wrong.push(
          `${name}: ${answer.status} ${answer.code ?? ''} instead of ${wanted ?? 'success'} ${answer.text.slice(0, 200)}`,
        )
      }
      if (answer.status < 300 && answer.status !== declaredStatus(endpoint)) {
        wrong.push(`${name} answers ${answer.status}, which the API document does not tell`)
      }
      const secrets = [marker, target.conversationId, target.contactId, target.attachmentId]
      const mentioned = Object.values({ ...params, ...query })
      if (!caller.sees && secrets.some((secret) => !mentioned.includes(secret) && answer.text.includes(secret))) {
        wrong.push(`${name} tells of a conversation that is not theirs: ${answer.text.slice(0, 300)}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

test.each(['x', 'eyJhIjoxfQ', 'WyJhIiwiYiJd', 'WzEsMl0', 'a'.repeat(200)])(
  'a cursor that no list gave is refused by all of them: %j',
  async (cursor) => {
    const lists = endpoints.filter(([, { query }]) => query && 'shape' in query && 'cursor' in Object(query.shape))
    expect(lists.length).toBeGreaterThan(4)
    const { contactId } = await company.visitor()
    const hook = await must('POST', '/api/v1/webhooks', company.admin.credentials, { url: 'https://example.com' })
    for (const [name, { path }] of lists) {
      const id = name === 'listWebhookDeliveries' ? hook.webhook.id : contactId
      const search = new URLSearchParams({ cursor, view: 'closed' })
      const answer = await call('GET', `${path.replace(':id', id)}?${search.toString()}`, company.admin.credentials)
      expect([name, answer.status, answer.code]).toEqual([name, 400, 'bad-request'])
    }
  },
)

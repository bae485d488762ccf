import type { Inbox } from '@qiao/protocol'

const password = 'a password of the benches'

/** The first administrator of an empty server, signed in, with one inbox. */
export interface Staff {
  cookie: string
  inbox: Inbox
  call: <Result>(method: string, path: string, body?: unknown) => Promise<Result>
}

export async function setUp(url: string, origin: string = url): Promise<Staff> {
  const post = (path: string, body: unknown) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify(body),
    })
  const email = 'admin@bench.example'
  await must(await post('/api/v1/setup', { organisationName: 'Bench', name: 'Admin', email, password }))
  const signedIn = await must(await post('/api/auth/sign-in/email', { email, password }))
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const call = async <Result>(method: string, path: string, body?: unknown): Promise<Result> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { cookie, origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await (await must(response)).text()
    return text === '' ? (undefined as Result) : JSON.parse(text)
  }
  const inbox = await call<Inbox>('POST', '/api/v1/inboxes', { name: 'Bench shop' })
  return { cookie, inbox, call }
}

export async function must(response: Response): Promise<Response> {
  if (response.ok) return response
  throw new Error(`${response.status} ${response.url}: ${await response.text()}`)
}

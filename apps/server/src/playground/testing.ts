import type { PhoneInfo, PhoneState } from './phone-state.ts'

/** A browser that has opened the playground, for tests. */
export type Browser = Awaited<ReturnType<typeof openPlayground>>

export async function openPlayground(url: string, known?: string) {
  const base = `${url}/playground/phones`
  const listed = await fetch(base, { headers: known ? { cookie: `qiao_phones=${known}` } : {} })
  const secret = /qiao_phones=([^;]+)/u.exec(listed.headers.get('set-cookie') ?? '')?.[1] ?? ''
  const { phones }: { phones: PhoneInfo[] } = JSON.parse(await listed.text())
  const headers = { cookie: `qiao_phones=${secret}` }
  const states = new Map<string, PhoneState>()
  const over = new AbortController()
  const stream = await fetch(`${base}/stream`, { headers, signal: over.signal })
  void follow(stream, states).catch(() => undefined)
  return {
    phones,
    secret,
    headers,
    phone(channel: string): PhoneState {
      const state = states.get(channel)
      if (!state) throw new Error(`There is no phone of ${channel} yet`)
      return state
    },
    async post(path: string, body: object = {}): Promise<number> {
      const response = await fetch(`${base}/${path}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return response.status
    },
    close: () => over.abort(),
  }
}

async function follow({ body }: Response, states: Map<string, PhoneState>): Promise<void> {
  let text = ''
  for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = (text + piece).split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) {
      if (!event.startsWith('data: ')) continue
      const state: PhoneState = JSON.parse(event.slice(6))
      states.set(state.channel, state)
    }
  }
}

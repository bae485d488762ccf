/** As much of a browser as signing in needs: cookies of each origin, and redirects that can be looked at. */
export interface SignInBrowser {
  get(url: string): Promise<Page>
  post(url: string, body: URLSearchParams | object, headers?: Record<string, string>): Promise<Page>
  /** Fills in the provider's forms from this address on, until it leads to one that begins with `until`. */
  signIn(from: string, login: string, until: string): Promise<string>
  cookies: Map<string, Map<string, string>>
}
interface Page {
  status: number
  /** Where a redirect leads, absolute. */
  to: string | null
  text: string
  headers: Headers
}

const mostSteps = 20

export function createSignInBrowser(): SignInBrowser {
  const cookies: SignInBrowser['cookies'] = new Map()

  async function send(url: string, init: RequestInit): Promise<Page> {
    const { origin } = new URL(url)
    const jar = cookies.get(origin) ?? new Map<string, string>()
    cookies.set(origin, jar)
    const headers = new Headers(init.headers)
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    const location = answer.headers.get('location')
    return {
      status: answer.status,
      to: location === null ? null : new URL(location, url).href,
      text: await answer.text(),
      headers: answer.headers,
    }
  }
  const get = (url: string): Promise<Page> => send(url, {})
  const post: SignInBrowser['post'] = (url, body, headers = {}) =>
    body instanceof URLSearchParams
      ? send(url, { method: 'POST', body, headers })
      : send(url, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', ...headers },
        })

  return {
    cookies,
    get,
    post,
    async signIn(from, login, until) {
      let page = await get(from)
      for (let step = 0; step < mostSteps; step += 1) {
        if (page.to?.startsWith(until)) return page.to
        if (page.to !== null) page = await get(page.to)
        else {
          const [, action] = /<form[^>]* action="([^"]+)"/.exec(page.text) ?? []
          const [, prompt = ''] = /name="prompt" value="(\w+)"/.exec(page.text) ?? []
          if (action === undefined) throw new Error(`No form: ${page.status} ${page.text.slice(0, 500)}`)
          page = await post(action, new URLSearchParams({ prompt, login, password: 'any' }))
        }
      }
      throw new Error('Signing in leads nowhere')
    },
  }
}

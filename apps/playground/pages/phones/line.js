/** The way to the simulated providers. Each call gives what went wrong, or null. */
const base = '/playground/phones'
const mostBytes = 5_000_000
const againMs = 1000

async function call(path, options) {
  const response = await fetch(`${base}/${path}`, options).catch(() => null)
  if (response?.ok) return null
  const problem = await response?.json().catch(() => null)
  return problem?.detail ?? problem?.title ?? 'offline'
}

export const post = (channel, what, body = {}) =>
  call(`${channel}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

export async function sendFile(channel, picker) {
  const [file] = picker.files
  picker.value = ''
  if (!file) return null
  if (file.size > mostBytes) return '5 MB'
  const query = new URLSearchParams({ name: file.name, mime: file.type || 'application/octet-stream' })
  return call(`${channel}/files?${query}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })
}

/** Null where there are no phones: from another machine, or in a company that is not the demo's. */
export async function listPhones() {
  const response = await fetch(base).catch(() => null)
  return response?.ok ? (await response.json()).phones : null
}

/** The server pushes what changes. One that was started anew has to hear first whose phones these are. */
export function watch(onState, onConnection) {
  let [stream, timer] = [null, 0]
  function connect() {
    stream = new EventSource(`${base}/stream`)
    stream.addEventListener('message', ({ data }) => onState(JSON.parse(data)))
    stream.addEventListener('open', () => onConnection(true))
    stream.addEventListener('error', () => {
      onConnection(false)
      stream.close()
      again()
    })
  }
  async function greet() {
    if (await listPhones()) connect()
    else again()
  }
  const again = () => (timer = setTimeout(() => void greet(), againMs))
  connect()
  return {
    close() {
      clearTimeout(timer)
      stream.close()
    },
  }
}

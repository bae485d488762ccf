import type { finishChannelAccess, InputOf } from '@qiao/protocol'

/** What a provider says in the address to which it sends the browser back; null where it is no answer. */
export function answerIn(search: string): InputOf<typeof finishChannelAccess>['body'] | null {
  const said = new URLSearchParams(search)
  const [state, code, error, description] = ['state', 'code', 'error', 'error_description'].map((name) =>
    said.get(name),
  )
  if (!state || (!code && !error)) return null
  return {
    state,
    ...(code ? { code } : {}),
    ...(error ? { error: error.slice(0, 200) } : {}),
    ...(description ? { errorDescription: description.slice(0, 4_096) } : {}),
  }
}

import { type Endpoint, type ErrorCode, type InputOf, type OutputOf, type Problem, problemSchema } from '@qiao/protocol'

/** `network`: nothing came back at all; the rest are the server's own codes. */
export type ApiErrorCode = ErrorCode | 'network'

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiErrorCode
  readonly status: number
  readonly problem: Problem | null
  constructor(code: ApiErrorCode, status: number, problem: Problem | null = null) {
    super(problem?.detail ?? code)
    this.code = code
    this.status = status
    this.problem = problem
  }
}

export const hasCode = (error: unknown, code: ApiErrorCode): boolean => error instanceof ApiError && error.code === code

/** Nobody has answered, or only that it cannot now: the same call may do better soon. */
export const mayPass = (error: unknown): boolean => hasCode(error, 'network') || hasCode(error, 'unavailable')

interface Wire {
  params?: Record<string, unknown>
  query?: Record<string, string | number | boolean | null | undefined>
  body?: unknown
}
export interface CallOptions {
  signal?: AbortSignal | undefined
}
type Arguments<E extends Endpoint> =
  object extends InputOf<E> ? [input?: InputOf<E>, options?: CallOptions] : [input: InputOf<E>, options?: CallOptions]

export function urlOf(endpoint: Endpoint, input: Wire = {}): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(input.params?.[name])))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  }
  return query.size > 0 ? `${path}?${query}` : path
}

/** One call of one endpoint, with the browser's cookies. Throws `ApiError` for every refusal. */
export async function call<E extends Endpoint>(endpoint: E, ...[input, options]: Arguments<E>): Promise<OutputOf<E>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- InputOf of an open type parameter is opaque
  const wire = (input ?? {}) as Wire
  let response: Response
  try {
    response = await fetch(urlOf(endpoint, wire), {
      method: endpoint.method,
      credentials: 'same-origin',
      ...(wire.body === undefined
        ? {}
        : { body: JSON.stringify(wire.body), headers: { 'content-type': 'application/json' } }),
      ...(options?.signal ? { signal: options.signal } : {}),
    })
  } catch (error) {
    if (options?.signal?.aborted) throw error
    throw new ApiError('network', 0)
  }
  if (!response.ok) throw await toApiError(response)
  // Parsing again here would cost every list.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server checks its answers against this schema in its tests
  return (response.status === 204 ? undefined : await response.json()) as OutputOf<E>
}

export async function toApiError(response: Response): Promise<ApiError> {
  const { data: problem } = problemSchema.safeParse(await response.json().catch(() => null))
  if (problem) return new ApiError(problem.code, response.status, problem)
  const code = response.status === 401 ? 'not-signed-in' : response.status >= 502 ? 'unavailable' : 'internal'
  return new ApiError(code, response.status)
}

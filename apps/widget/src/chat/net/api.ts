import type { linkVisitorAttachments } from '@qiao/protocol/api/attachments'
import type {
  answerSurvey,
  closeVisitorConversation,
  leaveMessage,
  leaveQueue,
  mailTranscript,
  openVisitorSession,
  readTranscript,
  readVisitor,
  readVisitorEntries,
  readWidgetConfig,
  sendVisitorMessage,
  trackVisitor,
  updateVisitor,
} from '@qiao/protocol/api/client'
import type { createOwnBindLink, useBindLink } from '@qiao/protocol/api/merging'
import type { Endpoint, InputOf, OutputOf } from '@qiao/protocol/endpoint'
import { trusted } from '../../shared/trusted.ts'
import { Refusal, toRefusal } from './problem.ts'

type Body<E extends Endpoint> = InputOf<E> extends { body: infer Content } ? Content : never
export type SendBody = Body<typeof sendVisitorMessage>
export type SessionBody = Body<typeof openVisitorSession>
export type VisitorPatch = Body<typeof updateVisitor>
export type TrackBody = Body<typeof trackVisitor>
export type OfflineBody = Body<typeof leaveMessage>
export type LeaveBody = Body<typeof leaveQueue>
export type SurveyBody = Body<typeof answerSurvey>
export type Visitor = OutputOf<typeof openVisitorSession>['visitor']
export type BindLinks = OutputOf<typeof createOwnBindLink>
export type Sent = OutputOf<typeof sendVisitorMessage>

export interface HttpOptions {
  /** Origin of the server; empty for the page's own. */
  base: string
  inbox: string
  token: () => string | null
  fetch?: typeof fetch
}

const requestTimeoutMs = 20_000

export type Api = ReturnType<typeof createApi>

/** The client API, typed by the shared endpoint definitions and free of their run-time weight. */
export function createApi({ base, inbox, token, fetch: send = (...request) => fetch(...request) }: HttpOptions) {
  async function call<Result>(method: string, path: string, body?: unknown, bearer = token()): Promise<Result> {
    let response: Response
    let text: string
    try {
      response = await send(`${base}/api/client/v1/${path}`, {
        method,
        credentials: 'omit',
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout?.(requestTimeoutMs),
      })
      text = await response.text()
    } catch {
      throw new Refusal('offline')
    }
    if (!response.ok) throw toRefusal(response.status, text)
    // The server answers by the same schemas that type this call.
    return trusted<Result>(text === '' ? undefined : JSON.parse(text))
  }
  const inboxPath = `inboxes/${encodeURIComponent(inbox)}`

  return {
    // Without the token: the same address gives everybody the same cacheable answer.
    config: () => call<OutputOf<typeof readWidgetConfig>>('GET', `${inboxPath}/config`, undefined, null),
    openSession: (body: SessionBody) =>
      call<OutputOf<typeof openVisitorSession>>('POST', `${inboxPath}/sessions`, body, null),
    me: () => call<OutputOf<typeof readVisitor>>('GET', 'me'),
    update: (body: VisitorPatch) => call<Visitor>('PATCH', 'me', body),
    endSession: () => call<void>('DELETE', 'me'),
    bind: (used: string) => call<OutputOf<typeof useBindLink>>('POST', 'bind', { token: used }),
    bindLinks: () => call<BindLinks>('POST', 'bind-links'),
    send: (body: SendBody) => call<Sent>('POST', 'messages', body),
    leaveMessage: (body: OfflineBody) => call<Sent>('POST', 'offline-messages', body),
    entries: (id: string, query: { before?: number; after?: number } = {}) =>
      call<OutputOf<typeof readVisitorEntries>>(
        'GET',
        `conversations/${id}/entries?${new URLSearchParams(Object.entries(query).map(([key, at]) => [key, String(at)]))}`,
      ),
    mark: (id: string, marks: { deliveredSeq?: number; readSeq?: number }) =>
      call<void>('POST', `conversations/${id}/marks`, marks),
    close: (id: string, clientKey: string) =>
      call<OutputOf<typeof closeVisitorConversation>>('POST', `conversations/${id}/close`, { clientKey }),
    leaveQueue: (id: string, body: LeaveBody) =>
      call<OutputOf<typeof leaveQueue>>('POST', `conversations/${id}/leave-queue`, body),
    answerSurvey: (id: string, body: SurveyBody) =>
      call<OutputOf<typeof answerSurvey>>('POST', `conversations/${id}/survey`, body),
    transcript: (id: string, query: Record<string, string>) =>
      call<OutputOf<typeof readTranscript>>('GET', `conversations/${id}/transcript?${new URLSearchParams(query)}`),
    mailTranscript: (id: string, body: Body<typeof mailTranscript>) =>
      call<OutputOf<typeof mailTranscript>>('POST', `conversations/${id}/transcript`, body),
    links: (ids: string[]) => call<OutputOf<typeof linkVisitorAttachments>>('POST', 'attachments/links', { ids }),
    track: (body: TrackBody) => call<void>('POST', 'track', body),
  }
}

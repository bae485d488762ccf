import type { Endpoint } from '@qiao/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { AgentPrincipal, VisitorPrincipal } from '../principal.ts'

type Parsed<Schema> = Schema extends z.core.SomeType ? z.output<Schema> : undefined

/** What a handler gets, parsed by the endpoint's schemas. */
export interface RouteInput<E extends Endpoint> {
  params: Parsed<E['params']>
  query: Parsed<E['query']>
  body: Parsed<E['body']>
}

/** The principal's type follows from the endpoint's `access`, so a handler cannot forget to ask who calls. */
type PrincipalOf<E extends Endpoint> = E['access'] extends 'public'
  ? null
  : E['access'] extends 'visitor'
    ? VisitorPrincipal
    : AgentPrincipal

export interface RouteContext<E extends Endpoint = Endpoint> {
  principal: PrincipalOf<E>
  request: FastifyRequest
  reply: FastifyReply
}

type Result<E extends Endpoint> = E['response'] extends z.core.SomeType ? z.input<E['response']> : void

export type Handler<E extends Endpoint> = (input: RouteInput<E>, context: RouteContext<E>) => Promise<Result<E>>

/** A route with its types erased, as the registry keeps it. */
export interface Route {
  endpoint: Endpoint
  /** The handler reads the body from `context.request.raw` itself. */
  streamsBody: boolean
  /** A method, so that handlers of any endpoint fit: the registry only ever passes what the schemas have parsed. */
  handle(input: unknown, context: unknown): Promise<unknown>
}

export const route = <const E extends Endpoint>(endpoint: E, handle: Handler<E>): Route => ({
  endpoint,
  streamsBody: false,
  handle,
})

/** For uploads: the body is not parsed but left on the wire. */
export const streamingRoute = <const E extends Endpoint>(endpoint: E, handle: Handler<E>): Route => ({
  endpoint,
  streamsBody: true,
  handle,
})

import type { z } from 'zod'
import type { Permission } from './roles.ts'

/** Any schema, as zod itself names it where comparing whole classes would cost the compiler most of its time. */
export type Schema = z.core.SomeType

/**
 * One HTTP operation as data: server routes, the OpenAPI document, the workspace's client and the authorisation test
 * are all made from it.
 */
export interface Endpoint<
  Params extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
  Response extends Schema = Schema,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With `:name` for each parameter. */
  path: `/${string}`
  /** Who may call it at all; what they see is decided by the command. `visitor` wants a visitor token. */
  access: 'public' | 'visitor' | Permission
  summary: string
  description?: string
  tag: string
  params?: Params
  query?: Query
  body?: Body
  /** Absent: 204 with no body. */
  response?: Response
  /** 200 unless it creates something. Only with a `response`; see `successStatus`. */
  status?: 201 | 202
}

/** What success answers: by this the server sends it and the OpenAPI document tells it. */
export const successStatus = ({ response, status }: Pick<Endpoint, 'response' | 'status'>): 200 | 201 | 202 | 204 =>
  response ? (status ?? 200) : 204

export type InputOf<E extends Endpoint> = (E['params'] extends Schema ? { params: z.input<E['params']> } : object) &
  (E['query'] extends Schema ? { query?: z.input<E['query']> } : object) &
  (E['body'] extends Schema ? { body: z.input<E['body']> } : object)

export type OutputOf<E extends Endpoint> = E['response'] extends Schema ? z.output<E['response']> : void

type Declared = Omit<Endpoint, 'response' | 'status'> &
  ({ response: Schema; status?: Endpoint['status'] } | { response?: never; status?: never })

/** The schema with its methods, for whoever parses by it. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each schema of ours is made by zod
export const toZod = (schema: Schema): z.ZodType => schema as z.ZodType

/** Keeps the literal types of an endpoint while checking its shape. */
export const endpoint = <const E extends Declared>(definition: E): E => definition

import type { z } from 'zod'
import type { Permission } from './roles.ts'

/**
 * One HTTP operation as data: server routes, the OpenAPI document, the workspace's client and the authorisation test
 * are all made from it.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
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

export type InputOf<E extends Endpoint> = (E['params'] extends z.ZodType ? { params: z.input<E['params']> } : object) &
  (E['query'] extends z.ZodType ? { query?: z.input<E['query']> } : object) &
  (E['body'] extends z.ZodType ? { body: z.input<E['body']> } : object)

export type OutputOf<E extends Endpoint> = E['response'] extends z.ZodType ? z.output<E['response']> : void

type Declared = Omit<Endpoint, 'response' | 'status'> &
  ({ response: z.ZodType; status?: Endpoint['status'] } | { response?: never; status?: never })

/** Keeps the literal types of an endpoint while checking its shape. */
export const endpoint = <const E extends Declared>(definition: E): E => definition

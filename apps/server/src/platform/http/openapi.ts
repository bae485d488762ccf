import * as protocol from '@qiao/protocol'
import { type Endpoint, permissionTable, problemSchema } from '@qiao/protocol'
import { z } from 'zod'
import {
  createDocument,
  type CreateDocumentOptions,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { namedSchemas } from './openapi-components.ts'
import type { Route } from './route.ts'
import { tidySchemas } from './tidy-schemas.ts'

export type OpenApiDocument = ReturnType<typeof createDocument>

/** The OpenAPI 3.1 document of the routes that this server has. `url` is its public address. */
export function createOpenApiDocument(routes: readonly Route[], { url, version }: { url: string; version: string }) {
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Qiao API',
        version,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        description:
          'Everything that the agents’ workspace and the visitors’ chat can do. Programs send an API key as a bearer token. ' +
          'Commands carry a `clientKey` of your choice: the same key again gives the first result instead of a second effect. ' +
          'Refusals are problem documents (RFC 9457) with a stable `code`.',
      },
      servers: [{ url }],
      tags: [...new Set(routes.map(({ endpoint }) => endpoint.tag))].map((name) => ({ name })),
      paths: paths(routes),
      webhooks: {
        event: {
          post: {
            summary: 'Something happened in a conversation',
            description:
              'Sent to each webhook that wants the event, signed as in Standard Webhooks. Answer 2xx within 15 seconds.',
            requestBody: { required: true, content: { 'application/json': { schema: ref('schemas/WebhookPayload') } } },
            responses: {
              '2XX': { description: 'Taken' },
              '410': { description: 'Never again: switches the webhook off' },
            },
          },
        },
      },
      components: {
        schemas: namedSchemas,
        responses: {
          Problem: {
            description: 'Refused',
            content: { 'application/problem+json': { schema: problemSchema } },
          },
        },
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key (`qiao_…`), made in the settings.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'qiao.session_token',
            description: 'The session of a browser that signed in. Changes are taken from our own pages only.',
          },
          visitorToken: { type: 'http', scheme: 'bearer', description: 'The token of a visitor session (`qv_…`).' },
        },
      },
    },
    { override },
  )
  return tidySchemas(document)
}

/** The patterns and limits that zod writes for well-known formats say nothing that the format does not. */
const override: CreateDocumentOptions['override'] = ({ jsonSchema }) => {
  if (['uuid', 'email', 'date-time', 'uri'].includes(jsonSchema.format ?? '')) delete jsonSchema.pattern
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
}

const ref = (path: string) => ({ $ref: `#/components/${path}` })

function paths(routes: readonly Route[]): ZodOpenApiPathsObject {
  const found: ZodOpenApiPathsObject = {}
  for (const route of routes) {
    const path = route.endpoint.path.replaceAll(/:(\w+)/g, '{$1}')
    found[path] = { ...found[path], [route.endpoint.method.toLowerCase()]: operation(route) }
  }
  return found
}

function operation({ endpoint, streamsBody }: Route): ZodOpenApiOperationObject {
  const { summary, description, tag, params, query, body, access } = endpoint
  const who = whoMay(access)
  return {
    operationId: nameOf(endpoint),
    tags: [tag],
    summary,
    description: [description, who].filter(Boolean).join('\n\n'),
    security:
      access === 'public' ? [] : access === 'visitor' ? [{ visitorToken: [] }] : [{ apiKey: [] }, { session: [] }],
    requestParams: {
      ...(params instanceof z.ZodObject ? { path: params } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
    },
    ...(streamsBody ? { requestBody: { required: true, content: { 'application/octet-stream': {} } } } : {}),
    ...(body && !streamsBody
      ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } }
      : {}),
    responses: responses(endpoint),
  }
}

function whoMay(access: Endpoint['access']): string {
  if (access === 'public') return 'Anybody may call this.'
  if (access === 'visitor') return 'For visitors; they reach their own conversations only.'
  return `Needs the permission \`${access}\` (${permissionTable[access].join(', ')}).`
}

function responses(endpoint: Endpoint): ZodOpenApiResponsesObject {
  const refused = ref('responses/Problem')
  const { access, params, query, body, response } = endpoint
  return {
    [`${protocol.successStatus(endpoint)}`]: {
      description: 'Done',
      ...(response ? { content: { 'application/json': { schema: response } } } : {}),
    },
    ...(access === 'public' ? {} : { '401': refused, '403': refused }),
    ...(params ? { '404': refused } : {}),
    ...(params || query || body ? { '422': refused } : {}),
    '429': refused,
    default: refused,
  }
}

const names = new Map<unknown, string>(Object.entries(protocol).map(([name, value]) => [value, name]))

/** Operations are called as in the protocol package, so that code and document use the same words. */
const nameOf = (endpoint: Endpoint): string => names.get(endpoint) ?? `${endpoint.method} ${endpoint.path}`

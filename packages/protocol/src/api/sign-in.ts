import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { namedVersion } from '../edit-version.ts'
import { deviceInfo } from '../entries.ts'
import { id, localeCode } from '../primitives.ts'
import { signIn, signInFields } from '../sign-in.ts'
import { finding } from './channels.ts'
import { openVisitorSession } from './client.ts'

const tag = 'Inboxes'
const params = z.object({ id })

export const readSignIn = endpoint({
  method: 'GET',
  path: '/api/v1/inboxes/:id/sign-in',
  access: 'inboxes.manage',
  tag,
  summary: 'Read how staff sign in to an inbox (never the secret)',
  params,
  response: signIn,
})
export const saveSignIn = endpoint({
  method: 'PUT',
  path: '/api/v1/inboxes/:id/sign-in',
  access: 'inboxes.manage',
  tag,
  summary: 'Say how staff sign in to an inbox',
  params,
  body: z.object({
    version: namedVersion,
    fields: signInFields,
    secret: z
      .string()
      .trim()
      .min(1)
      .max(1000)
      .nullable()
      .optional()
      .describe('Write-only; left out it stays, null removes it'),
  }),
  response: signIn,
})
export const checkSignIn = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/sign-in/check',
  access: 'inboxes.manage',
  tag,
  summary: 'Ask the provider whether staff could sign in with what is saved',
  params,
  response: z.object({ findings: z.array(finding) }),
})

export const takeSignIn = endpoint({
  method: 'POST',
  path: '/api/client/v1/inboxes/:key/sign-in',
  access: 'public',
  tag: 'Client',
  summary: 'Take up the session of somebody who has just signed in at the company’s provider; works once',
  description:
    'Only for the chat page of this server: who signed in is known by a cookie of the browser that did. `identity-invalid` is answered where there is nothing to take up.',
  params: openVisitorSession.params,
  body: z.object({ language: localeCode.optional(), device: deviceInfo.optional() }),
  status: 201,
  response: openVisitorSession.response,
})

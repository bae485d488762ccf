import { z } from 'zod'
import { accountMenu, menuKind, menuLimits } from '../account-menu.ts'
import { endpoint } from '../endpoint.ts'
import { deliveryProblem } from '../entries.ts'
import { id } from '../primitives.ts'

const tag = 'Channels'
const params = z.object({ id })
const path = '/api/v1/inboxes/:id/menu'

const revision = z
  .string()
  .max(64)
  .describe('Of the menu as the provider had it; `changed-meanwhile` is answered when it has another one by now')

export const inboxMenu = z.object({
  menu: accountMenu.nullable().describe('Null when there is none'),
  revision,
  limits: menuLimits,
  kinds: z.array(menuKind).describe('What entries can do beside pressing and opening'),
  problem: deliveryProblem.nullable().describe('Why the provider did not tell it, or did not take it'),
})
export type InboxMenu = z.infer<typeof inboxMenu>

export const readMenu = endpoint({
  method: 'GET',
  path,
  access: 'inboxes.manage',
  tag,
  summary: "Read the menu of an inbox's account at its provider",
  params,
  response: inboxMenu,
})
export const saveMenu = endpoint({
  method: 'PUT',
  path,
  access: 'inboxes.manage',
  tag,
  summary: 'Put this menu in place of the one that is there',
  params,
  body: z.object({ menu: accountMenu, revision }),
  response: inboxMenu,
})
export const removeMenu = endpoint({
  method: 'DELETE',
  path,
  access: 'inboxes.manage',
  tag,
  summary: 'Take the menu away',
  params,
  query: z.object({ revision }),
  response: inboxMenu,
})

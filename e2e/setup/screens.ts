import type { Inbox, OutputOf, Queue, readRoutingSettings } from '@qiao/protocol'
import { expect, type Page } from '@playwright/test'
import { callApi } from './test.ts'

export interface Screen {
  name: string
  path: string
  /** Opens what belongs to the screen but not to its address. */
  open?: (page: Page) => Promise<unknown>
}

/** The screens before anybody is signed in. */
export const guestScreens: Screen[] = [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'password-reset', path: '/reset-password' },
  { name: 'invitation-dead', path: '/invitation?token=a-token-that-nobody-was-given' },
]

const openFirst = async (page: Page): Promise<void> => {
  const rows = page.locator('a[data-conversation]')
  await rows.first().click()
  await expect(page.getByRole('toolbar').first()).toBeVisible()
}

const openContact = async (page: Page): Promise<void> => {
  await page.locator('a.q-contact-row').first().click()
  await expect(page.locator('.q-contacts-main h2').first()).toBeVisible()
}

export const editorSections = ['look', 'words', 'install', 'pre-chat', 'offline', 'conversation', 'closing', 'identity']

/** The screens of the agents' app, as an administrator finds them; those of queues and routing are told apart. */
export async function workspaceScreens(page: Page): Promise<Screen[]> {
  const { inboxes } = await callApi<{ inboxes: Inbox[] }>(page, 'GET', '/inboxes')
  const { calendars } = await callApi<{ calendars: { id: string }[] }>(page, 'GET', '/calendars')
  const { webhooks } = await callApi<{ webhooks: { id: string }[] }>(page, 'GET', '/webhooks').catch(() => ({
    webhooks: [],
  }))
  const settings = ['profile', 'inboxes', 'hours', 'staff', 'teams', 'organisation', 'api-keys', 'webhooks', 'audit']
  return [
    { name: 'inbox-empty', path: '/inbox' },
    { name: 'inbox', path: '/inbox/all', open: openFirst },
    { name: 'contacts', path: '/contacts' },
    ...settings.map((name) => ({ name, path: `/settings/${name}` })),
    { name: 'inbox-editor', path: `/settings/inboxes/${inboxes[0]?.id}` },
    { name: 'choose-channel', path: '/settings/inboxes/new' },
    { name: 'inbox-closed', path: '/inbox/closed', open: openFirst },
    { name: 'contact', path: '/contacts', open: openContact },
    { name: 'not-found', path: '/nowhere' },
    { name: 'calendar', path: `/settings/hours/${calendars[0]?.id}` },
    ...webhooks.slice(0, 1).map(({ id }) => ({ name: 'webhook', path: `/settings/webhooks/${id}` })),
  ]
}

const unfoldFirst = async (page: Page): Promise<void> => {
  for (const kind of ['queues', 'agents']) await page.locator(`.q-board-${kind} [data-row]`).first().click()
  await expect(page.locator('.q-board-inner')).toHaveCount(2)
}

/** The screens of leads and administrators about queues. */
export async function routingScreens(page: Page): Promise<Screen[]> {
  const { inboxes } = await callApi<{ inboxes: Inbox[] }>(page, 'GET', '/inboxes')
  const { queues, profiles } = await callApi<OutputOf<typeof readRoutingSettings>>(page, 'GET', '/routing/settings')
  const queue = queues[0] ?? (await callApi<Queue>(page, 'POST', '/queues', { name: '会员服务' }))
  const sections = ['general', 'serving', 'steps', 'order', 'offer', 'limits', 'words', 'hook']
  return [
    { name: 'board', path: '/board', open: unfoldFirst },
    { name: 'wall', path: '/board/wall' },
    ...['queues', 'skills', 'capacity', 'codes', 'simulate'].map((name) => ({ name, path: `/settings/${name}` })),
    ...sections.map((name) => ({ name: `queue-${name}`, path: `/settings/queues/${queue.id}/${name}` })),
    { name: 'capacity-profile', path: `/settings/capacity/${profiles[0]?.id}` },
    { name: 'inbox-routing', path: `/settings/inboxes/${inboxes[0]?.id}/routing` },
  ]
}

export async function show(page: Page, { path, open }: Screen): Promise<void> {
  await goTo(page, path)
  await open?.(page)
}

/**
 * Where a link of the agents' app would lead: within the app where it is open, because to load it takes longer than to look at
 * what it shows. TanStack Router leaves itself in the page for tools like this one.
 */
export async function goTo(page: Page, path: string): Promise<void> {
  const within = await page.evaluate<boolean>(`(async (router) => {
    await router?.navigate({ href: ${JSON.stringify(path)} })
    return router !== undefined
  })(globalThis.__TSR_ROUTER__)`)
  if (!within) await page.goto(path)
}

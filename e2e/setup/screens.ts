import type { Inbox } from '@qiao/protocol'
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

/** Every screen of the agents' app, as an administrator finds them. */
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
    { name: 'inbox-closed', path: '/inbox/closed', open: openFirst },
    { name: 'contact', path: '/contacts', open: openContact },
    { name: 'not-found', path: '/nowhere' },
    { name: 'calendar', path: `/settings/hours/${calendars[0]?.id}` },
    ...webhooks.slice(0, 1).map(({ id }) => ({ name: 'webhook', path: `/settings/webhooks/${id}` })),
  ]
}

export async function show(page: Page, { path, open }: Screen): Promise<void> {
  await page.goto(path)
  await open?.(page)
}

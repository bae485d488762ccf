import { randomUUID } from 'node:crypto'
import type { Calendar, Inbox, InboxSettings } from '@qiao/protocol'
import { expect, type Page } from '@playwright/test'
import { callApi } from './test.ts'

type Offline = Partial<InboxSettings['offline']>

/** An inbox of a journey's own, closed all week: what is said there is left. */
export async function openLeaving(
  admin: Page,
  offline: Offline = {},
  more: Partial<InboxSettings> = {},
): Promise<Inbox> {
  const name = `Leave ${randomUUID()}`
  const closed = { name, timeZone: 'Asia/Shanghai', weekly: [[], [], [], [], [], [], []] }
  const { id: calendarId } = await callApi<Calendar>(admin, 'POST', '/calendars', closed)
  const { teams } = await callApi<{ teams: { id: string }[] }>(admin, 'GET', '/teams')
  const body = { name, calendarId, teamIds: teams.map(({ id }) => id), settings: { ...more, offline } }
  return callApi<Inbox>(admin, 'POST', '/inboxes', body)
}

/** A chat on a phone is not moved sideways by anything in it. */
export async function fits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
}

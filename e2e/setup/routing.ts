import type { Agent, AgentProfile, Board, Inbox, Queue, QueueSettings } from '@qiao/protocol'
import { type Locator, type Page, expect, test } from '@playwright/test'
import type { Handle } from '../../apps/server/src/demo/story.ts'
import { said, say } from './chat.ts'
import { quietQueues } from './quiet-queues.ts'
import { callApi, emailOf } from './test.ts'

type Part<Whole> = { [Key in keyof Whole]?: Whole[Key] extends object ? Part<Whole[Key]> : Whole[Key] }

export interface OpenQueue {
  queue: Queue
  /** Where visitors chat who wait in it. */
  chat: string
}

export async function agentIdOf(page: Page, handle: Handle): Promise<string> {
  const { agents } = await callApi<{ agents: Agent[] }>(page, 'GET', '/agents')
  const found = agents.find(({ email }) => email === emailOf(handle))
  if (!found) throw new Error(`There is no ${handle}`)
  return found.id
}

/** What an earlier journey left in their hands takes the room that this one counts on. */
export async function emptyHands(admin: Page, agentIds: readonly string[]): Promise<void> {
  const { agents } = await callApi<Board>(admin, 'GET', '/routing/board')
  // Nor may somebody whom it left available take what rings here.
  for (const { agentId, state } of agents)
    if (state !== 'offline') await callApi(admin, 'PUT', `/agents/${agentId}/routing-state`, { state: 'offline' })
  for (const { agentId, held } of agents)
    for (const { conversationId, state } of agentIds.includes(agentId) ? held : [])
      if (state === 'held')
        await callApi(admin, 'POST', `/conversations/${conversationId}/close`, { clientKey: crypto.randomUUID() })
}

/** Of each journey. */
const ownQueues = new Map<string, Set<string>>()

/** A queue that these agents serve, and an inbox whose conversations wait in it. */
export async function openQueue(
  admin: Page,
  name: string,
  agents: Handle[],
  settings: Part<QueueSettings> = {},
): Promise<OpenQueue> {
  const journey = test.info().testId
  const own = ownQueues.get(journey) ?? new Set()
  ownQueues.set(journey, own)
  await quietQueues(admin, own)
  const agentIds = await Promise.all(agents.map((handle) => agentIdOf(admin, handle)))
  await emptyHands(admin, agentIds)
  const groups = [{ agentIds, teamIds: [], afterSeconds: 0 }]
  const queue = await callApi<Queue>(admin, 'POST', '/queues', { name, settings: { groups, ...settings } })
  own.add(queue.id)
  const { teams } = await callApi<{ teams: { id: string }[] }>(admin, 'GET', '/teams')
  const inbox = await callApi<Inbox>(admin, 'POST', '/inboxes', {
    name,
    teamIds: teams.map(({ id }) => id),
    settings: { routing: { queueId: queue.id } },
  })
  return { queue, chat: `/chat/${inbox.key}` }
}

/** How an agent takes part; whatever is not given is as of a new one. */
export async function giveProfile(admin: Page, agentId: string, given: Partial<AgentProfile>): Promise<void> {
  const { agents } = await callApi<{ agents: AgentProfile[] }>(admin, 'GET', '/routing/settings')
  const version = agents.find((profile) => profile.agentId === agentId)?.version ?? 1
  const blank = { number: null, profileId: null, languages: [], skills: [], weight: 100 }
  await callApi(admin, 'PUT', `/agents/${agentId}/routing-profile`, { ...blank, ...given, version })
}

/** How much the agent takes at once. */
export async function limitTo(admin: Page, handle: Handle, most: number): Promise<void> {
  const profile = await callApi<{ id: string }>(admin, 'POST', '/capacity-profiles', {
    name: `${handle} ${most} ${Date.now()}`,
    standard: false,
    units: 100,
    pickMarginUnits: 100,
    channels: { '*': { units: Math.floor(100 / most), most, interruptedBy: [] } },
  })
  await giveProfile(admin, await agentIdOf(admin, handle), { profileId: profile.id })
}

export const statusButton = (agent: Page): Locator => agent.getByRole('button', { name: /^我的状态/ })

export async function choose(agent: Page, state: string): Promise<void> {
  await statusButton(agent).click()
  // By the keyboard: the menu may still be finding its place under a pointer.
  await agent.getByRole('menuitemradio', { name: new RegExp(`^${state}`) }).press('Enter')
  await expect(statusButton(agent)).toContainText(state.split(' ')[0] ?? state)
}

/** The card that rings for what this customer said. */
export const offerOf = (agent: Page, text: string): Locator =>
  agent.getByRole('complementary', { name: '邀约' }).getByRole('article').filter({ hasText: text })

export async function accept(agent: Page, text: string): Promise<void> {
  await offerOf(agent, text)
    .getByRole('button', { name: /接\s*入/ })
    .click()
  await expect(agent.getByRole('main').getByRole('article').filter({ hasText: text })).toBeVisible()
  // It may have been on screen before.
  await expect(offerOf(agent, text)).toHaveCount(0)
}

/** Comes by the link and waits. */
export async function arrive(visitor: Page, { chat }: OpenQueue, text: string): Promise<void> {
  await visitor.goto(chat)
  await visitor.getByRole('button', { name: '开始咨询' }).click()
  await say(visitor, text)
  await expect(said(visitor, text)).toContainText(/已发送|已送达/)
}

/** Opens the conversation in which this was said, whoever has it. */
export async function find(agent: Page, text: string, view: 'all' | 'closed' = 'all'): Promise<void> {
  await agent.goto(`/inbox/${view}`)
  await agent.getByRole('list', { name: '会话列表' }).getByRole('link').filter({ hasText: text }).click()
  await expect(agent.getByRole('main').getByRole('article').filter({ hasText: text })).toBeVisible()
}

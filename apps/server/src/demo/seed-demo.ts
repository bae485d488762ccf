import type { Inbox } from '@qiao/protocol'
import { createAgent, createFirstAdmin, createTeam, isSetUp, readAgentSight } from '#access'
import type { AttachmentService } from '#attachments'
import { addIdentity, createContact, recordTrail, touchContact } from '#contacts'
import { type ConversationDeps, createAppender } from '#conversations'
import { createCalendar, createInbox } from '#inboxes'
import { manualClock } from '#platform/clock'
import type { AgentPrincipal } from '#platform/principal'
import {
  calendars,
  chineseShop,
  demoPassword,
  englishShop,
  inboxKeys,
  organisationName,
  people,
  teams,
} from './company.ts'
import { contactOf, isAnonymous } from './customers.ts'
import { beganAt, type Handle, readStories, type Story, type TeamHandle } from './story.ts'
import { type Customer, type Stage, tellStory } from './tell-story.ts'

interface DemoDeps extends ConversationDeps {
  attachments: AttachmentService
  /** Public address of this server, without a trailing slash. */
  url: string
}

/**
 * Fills an empty database with a company, its people and some weeks of conversations, all through the commands that
 * people use. Gives false and changes nothing when somebody has set the system up already.
 */
export async function seedDemo(deps: DemoDeps): Promise<boolean> {
  const { db } = deps
  if (await isSetUp(db)) return false
  const now = deps.clock.now()
  const hired = await hire(deps, now)
  const inboxes = await openInboxes(deps, hired, now)
  const clock = manualClock(now)
  const appender = createAppender({ pool: deps.pool, bus: deps.bus, clock })
  const stage: Stage = {
    deps: { ...deps, clock, appender },
    clock,
    now,
    attachments: deps.attachments,
    agents: await principals(deps, hired.agentIds),
    names: record(people.map(({ handle, name }) => [handle, name])),
    teamIds: hired.teamIds,
  }
  const stories = [
    ...[...readStories('zh-earlier'), ...readStories('zh-today')].map((story) => ({ story, language: 'zh' as const })),
    ...readStories('en').map((story) => ({ story, language: 'en' as const })),
  ].toSorted((one, other) => beganAt(one.story.began, now).getTime() - beganAt(other.story.began, now).getTime())
  const customers = new Map<string, Customer>()
  for (const { story, language } of stories) {
    const customer = await customerOf(deps, customers, story, language, inboxes[language].id, now)
    await tellStory(stage, customer, story)
  }
  return true
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const record = <Key extends string, Value>(pairs: (readonly [Key, Value])[]) =>
  Object.fromEntries(pairs) as Record<Key, Value>

interface Hired {
  agentIds: Record<Handle, string>
  teamIds: Record<TeamHandle, string>
}

async function hire({ db }: DemoDeps, now: Date): Promise<Hired> {
  return db.transaction().execute(async (tx) => {
    const [first, ...others] = people
    if (!first) throw new Error('The demo company has nobody')
    const { id } = await createFirstAdmin(
      tx,
      { ...first, organisationName, password: demoPassword, timeZone: 'Asia/Shanghai' },
      now,
    )
    const teamIds = record(
      await Promise.all(
        (['sales', 'support'] as const).map(
          async (team) => [team, (await createTeam(tx, { agentId: id }, teams[team], now)).id] as const,
        ),
      ),
    )
    const colleagues: [Handle, string][] = []
    for (const { handle, language, teams: members, ...person } of others) {
      const agent = {
        ...person,
        password: demoPassword,
        preferences: { language },
        teamIds: members.map((team) => teamIds[team]),
        timeZone: 'Asia/Shanghai',
      }
      colleagues.push([handle, (await createAgent(tx, agent, now)).id])
    }
    return { teamIds, agentIds: record([[first.handle, id], ...colleagues]) }
  })
}

async function openInboxes(
  { db, url }: DemoDeps,
  { agentIds, teamIds }: Hired,
  now: Date,
): Promise<Record<'zh' | 'en', Inbox>> {
  const by = { agentId: agentIds.shen }
  return db.transaction().execute(async (tx) => {
    const chat = await createCalendar(tx, by, calendars.chat, now)
    await createCalendar(tx, by, calendars.shop, now)
    const web = { channel: 'web', calendarId: chat.id }
    const zh = { ...web, key: inboxKeys.zh, name: '山茶集官网', teamIds: [teamIds.sales, teamIds.support] }
    const en = { ...web, key: inboxKeys.en, name: 'Camellia Goods', teamIds: [teamIds.sales] }
    return {
      zh: await createInbox(tx, by, { ...zh, settings: chineseShop(url, teamIds) }, now),
      en: await createInbox(tx, by, { ...en, settings: englishShop(url) }, now),
    }
  })
}

async function principals({ db }: DemoDeps, agentIds: Record<Handle, string>): Promise<Record<Handle, AgentPrincipal>> {
  const pairs: [Handle, AgentPrincipal][] = []
  for (const { handle } of people) {
    const principal = await readAgentSight(db, agentIds[handle])
    if (principal) pairs.push([handle, principal])
  }
  return record(pairs)
}

/** The same name is the same person; those without a name are somebody else each time. */
async function customerOf(
  deps: DemoDeps,
  known: Map<string, Customer>,
  { customer: name, began }: Story,
  language: 'zh' | 'en',
  inboxId: string,
  now: Date,
): Promise<Customer> {
  const { db, url } = deps
  const at = beganAt(began, now)
  const earlier = isAnonymous(name) ? undefined : known.get(name)
  if (!earlier) {
    const { contact: fields, pages } = contactOf(name, language)
    const { id } = await createContact(db, fields, at)
    const identity = await addIdentity(db, { contactId: id, inboxId, address: `demo:${id}`, verified: false }, at)
    known.set(name, { inboxId, contactId: id, identityId: identity.id, last: null })
    const visits = pages.map((sku) => ({
      url: `${url}/playground/shop/product.html?sku=${sku}&lang=${language}`,
      title: sku,
    }))
    await recordTrail(db, id, { pages: visits, events: [] }, at)
  }
  const customer = earlier ?? known.get(name)
  if (!customer) throw new Error(`The demo customer ${name} was not made`)
  await touchContact(db, customer.contactId, at)
  return customer
}

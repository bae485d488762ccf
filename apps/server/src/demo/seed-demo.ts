import type { Inbox } from '@qiao/protocol'
import { createAgent, createFirstAdmin, createTeam, isSetUp, readAgentSight } from '#access'
import type { AttachmentService } from '#attachments'
import { addIdentity, createContact, recordTrail, touchContact } from '#contacts'
import { type Appender, type ConversationDeps, createAppender } from '#conversations'
import { createCalendar, createInbox } from '#inboxes'
import { manualClock } from '#platform/clock'
import type { AgentPrincipal } from '#platform/principal'
import { setUpAcd } from './acd.ts'
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

/** Any number that no other advisory lock of this database has. */
const lockKey = 7_130_412

/**
 * Fills an empty database with a company, its people and some weeks of conversations, all through the commands that
 * people use. Gives false and changes nothing when somebody has set the system up already. Of several processes that
 * start at once one does it, and the others wait until it is done.
 */
export async function seedDemo(deps: DemoDeps): Promise<boolean> {
  const client = await deps.pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [lockKey])
    if (await isSetUp(deps.db)) return false
    await seed(deps)
    return true
  } finally {
    // Ends the session, and with it the lock and the setting above.
    client.release(true)
  }
}

async function seed(deps: DemoDeps): Promise<void> {
  const now = deps.clock.now()
  const hired = await hire(deps, now)
  const inboxes = await openInboxes(deps, hired, now)
  const common = {
    now,
    attachments: deps.attachments,
    agents: await principals(deps, hired.agentIds),
    names: record(people.map(({ handle, name }) => [handle, name])),
    teamIds: hired.teamIds,
  }
  const histories = (['zh', 'en'] as const).flatMap((language) => historiesOf(language, now))
  await inLanes(histories, async ({ language, stories }) => {
    // Each lane has a clock of its own, which goes through the weeks of one customer.
    const clock = manualClock(now)
    const { pool, bus } = deps
    const { follow } = deps.appender
    const stageWith = (appender: Appender): Stage => ({ ...common, clock, deps: { ...deps, clock, appender } })
    const queued = stageWith(createAppender({ pool, bus, clock, follow }))
    const unqueued = stageWith(createAppender({ pool, bus, clock }))
    const customer = await newCustomer(deps, stories, language, inboxes[language].id, now)
    // Whoever goes to work in the demo begins with an empty desk: what is in hand already takes no room.
    for (const story of stories) await tellStory(staysInHand(story) ? unqueued : queued, customer, story)
  })
}

const staysInHand = ({ holder, steps }: Story): boolean =>
  (holder !== null || steps.some(({ type }) => type === 'assign')) && !steps.some(({ type }) => type === 'close')

const lanes = 6

async function inLanes<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items]
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

interface History {
  language: 'zh' | 'en'
  /** Of one customer, oldest first. The same name is the same person; those without one are somebody else each time. */
  stories: [Story, ...Story[]]
}

function historiesOf(language: 'zh' | 'en', now: Date): History[] {
  const files = language === 'zh' ? ['zh-earlier', 'zh-today'] : ['en']
  const at = ({ began }: Story): number => beganAt(began, now).getTime()
  const histories = new Map<string, History>()
  for (const story of files.flatMap((name) => readStories(name)).toSorted((one, other) => at(one) - at(other))) {
    const known = histories.get(story.customer)
    if (known && !isAnonymous(story.customer)) known.stories.push(story)
    else histories.set(isAnonymous(story.customer) ? story.began : story.customer, { language, stories: [story] })
  }
  return [...histories.values()]
}

const record = <Key extends string, Value>(pairs: (readonly [Key, Value])[]) =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pairs name every key
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
    const queueIds = await setUpAcd(tx, by, { agentIds, teamIds }, chat.id, now)
    const zh = { ...web, key: inboxKeys.zh, name: '山茶集官网', teamIds: [teamIds.sales, teamIds.support] }
    const en = { ...web, key: inboxKeys.en, name: 'Camellia Goods', teamIds: [teamIds.sales] }
    return {
      zh: await createInbox(tx, by, { ...zh, settings: chineseShop(url, teamIds, queueIds) }, now),
      en: await createInbox(tx, by, { ...en, settings: englishShop(url, queueIds) }, now),
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

async function newCustomer(
  { db, url }: DemoDeps,
  stories: History['stories'],
  language: 'zh' | 'en',
  inboxId: string,
  now: Date,
): Promise<Customer> {
  const first = beganAt(stories[0].began, now)
  const { contact: fields, pages } = contactOf(stories[0].customer, language)
  const { id } = await createContact(db, fields, first)
  const identity = await addIdentity(db, { contactId: id, inboxId, address: `demo:${id}`, verified: false }, first)
  const visits = pages.map((sku) => ({
    url: `${url}/playground/shop/product.html?sku=${sku}&lang=${language}`,
    title: sku,
  }))
  await recordTrail(db, { contactId: id, identityId: identity.id }, { pages: visits, events: [] }, first)
  await touchContact(db, id, beganAt((stories.at(-1) ?? stories[0]).began, now))
  return { inboxId, contactId: id, identityId: identity.id, last: null }
}

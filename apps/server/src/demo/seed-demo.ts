import type { Inbox } from '@qiao/protocol'
import { createAgent, createFirstAdmin, createTeam, isSetUp, readAgentSight } from '#access'
import type { AttachmentService } from '#attachments'
import { addIdentity, createContact, recordTrail, touchContact } from '#contacts'
import { type ConversationDeps, createAppender } from '#conversations'
import { createCalendar, createInbox } from '#inboxes'
import { manualClock } from '#platform/clock'
import type { AgentPrincipal } from '#platform/principal'
import { calendars, chineseShop, demoPassword, englishShop, inboxKeys, organisationName, people, teams } from './company.ts'
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
  const { db, url } = deps
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
    const customer = await customerOf(deps, customers, story, language, inboxes[language].id, url, now)
    await tellStory(stage, customer, story)
  }
  return true
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const record = <Key extends string, Value>(pairs: (readonly [Key, Value])[]) => Object.fromEntries(pairs) as Record<Key, Value>

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

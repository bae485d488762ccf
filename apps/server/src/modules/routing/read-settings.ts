import type { OutputOf, Queue, readRoutingSettings as endpoint } from '@qiao/protocol'
import type { Database } from '#platform/database/connect'
import { readAgentProfiles } from './agent-profiles.ts'
import { readProfiles } from './capacity-profiles.ts'
import { readDispositions } from './disposition-codes.ts'
import { readQueues } from './queue-row.ts'
import { readReasons } from './reason-codes.ts'
import { readSkills } from './skills.ts'

export async function readRoutingSettings(db: Database): Promise<OutputOf<typeof endpoint>> {
  const [queues, teams, skills, profiles, reasons, dispositions, agents, oldReasons, oldDispositions] =
    await Promise.all([
      readQueues(db),
      db.selectFrom('teams').select('id').execute(),
      readSkills(db),
      readProfiles(db),
      readReasons(db),
      readDispositions(db),
      readAgentProfiles(db),
      readReasons(db, 'retired'),
      readDispositions(db, 'retired'),
    ])
  const living = new Set(teams.map(({ id }) => id))
  const retired = { reasons: oldReasons, dispositions: oldDispositions }
  const shown = queues.map((queue) => inTeams(queue, living))
  return { queues: shown, skills, profiles, reasons, dispositions, agents, retired }
}

/** A team that was deleted serves no queue; who edits the queue must not stumble over it. */
const inTeams = (queue: Queue, living: ReadonlySet<string>): Queue => ({
  ...queue,
  settings: {
    ...queue.settings,
    groups: queue.settings.groups.map((group) => ({
      ...group,
      teamIds: group.teamIds.filter((id) => living.has(id)),
    })),
  },
})

import { type AgentProfile, queueSettings } from '@qiao/protocol'
import type { z } from 'zod'
import type { Actor } from '#access'
import { createDisposition, createQueue, createReason, createSkill, updateAgentProfile } from '#routing'
import type { Database } from '#platform/database/connect'
import type { Handle, QueueHandle, TeamHandle } from './story.ts'

/** How the demo company distributes its work. Everybody starts offline: new chats wait until somebody is available. */

const skillNames = {
  tea: '茶叶 Tea',
  paper: '文具 Stationery',
  returns: '退换货 Returns',
  english: '英语 English',
}
const skillHandles = ['tea', 'paper', 'returns', 'english'] as const
type SkillHandle = (typeof skillHandles)[number]
type Level = AgentProfile['skills'][number]['level']

type Skills = Partial<Record<SkillHandle, Level>>
const profiles: { handle: Handle; number: string; languages: string[]; skills: Skills }[] = [
  { handle: 'shen', number: '8000', languages: ['zh', 'en'], skills: { tea: 5, paper: 5, returns: 3, english: 4 } },
  { handle: 'lin', number: '8001', languages: ['zh', 'en'], skills: { tea: 4, paper: 4, returns: 5, english: 3 } },
  { handle: 'zhou', number: '8002', languages: ['zh'], skills: { tea: 5, paper: 2 } },
  { handle: 'emma', number: '8003', languages: ['en', 'zh'], skills: { tea: 3, paper: 4, english: 5 } },
  { handle: 'he', number: '8004', languages: ['zh'], skills: { returns: 5, paper: 3 } },
]

const breaks = [
  { zh: '小休', en: 'Short break' },
  { zh: '用餐', en: 'Meal' },
  { zh: '培训', en: 'Training' },
  { zh: '会议', en: 'Meeting' },
  { zh: '辅导', en: 'Coaching' },
]
const declines = [
  { zh: '正在处理其他会话', en: 'Busy with another conversation' },
  { zh: '需要其他技能', en: 'Needs another skill' },
  { zh: '临时离开', en: 'Away for a moment' },
]
const dispositions: { names: { zh: string; en: string }; queues: QueueHandle[] }[] = [
  { names: { zh: '已解答', en: 'Answered' }, queues: [] },
  { names: { zh: '已下单', en: 'Ordered' }, queues: ['advice', 'english'] },
  { names: { zh: '考虑中，需跟进', en: 'Undecided, follow up' }, queues: ['advice', 'english'] },
  { names: { zh: '退换货', en: 'Return or exchange' }, queues: ['service', 'english'] },
  { names: { zh: '物流催单', en: 'Delivery chased' }, queues: ['service', 'english'] },
  { names: { zh: '投诉', en: 'Complaint' }, queues: [] },
  { names: { zh: '无效咨询', en: 'No enquiry' }, queues: [] },
]

interface Hired {
  agentIds: Record<Handle, string>
  teamIds: Record<TeamHandle, string>
}

export async function setUpAcd(
  tx: Database,
  by: Actor,
  { agentIds, teamIds }: Hired,
  calendarId: string,
  now: Date,
): Promise<Record<QueueHandle, string>> {
  const addSkill = async (handle: SkillHandle): Promise<string> =>
    (await createSkill(tx, by, { name: skillNames[handle] }, now)).id
  const skillIds = {
    tea: await addSkill('tea'),
    paper: await addSkill('paper'),
    returns: await addSkill('returns'),
    english: await addSkill('english'),
  }
  for (const names of breaks) await createReason(tx, by, { kind: 'break', names }, now)
  for (const names of declines) await createReason(tx, by, { kind: 'decline', names }, now)
  for (const { handle, skills, ...profile } of profiles) {
    const levels = skillHandles.flatMap((skill) => {
      const level = skills[skill]
      return level ? [{ skillId: skillIds[skill], level }] : []
    })
    const taking = { ...profile, agentId: agentIds[handle], skills: levels, profileId: null, weight: 100, version: 1 }
    await updateAgentProfile(tx, by, taking, now)
  }
  const add = async (name: string, settings: z.input<typeof queueSettings>): Promise<string> =>
    (await createQueue(tx, by, { name, calendarId, settings: queueSettings.parse({ ...common, ...settings }) }, now)).id
  const vip = { priorities: [{ attribute: 'level', value: '金卡', points: 10 }] }
  const complaints = { topicPriorities: [{ topic: 'complaint', points: 20 }] }
  // Whoever tries the demo signs in and out as one and the other: their conversations stay theirs.
  const common = { whenAgentGone: 'keep' } as const
  const queueIds = {
    advice: await add('售前咨询', {
      ...vip,
      ...complaints,
      // Colleagues of the other team help out with who has waited for long.
      groups: [{ teamIds: [teamIds.sales] }, { teamIds: [teamIds.support], afterSeconds: 90 }],
      steps: [{ needs: [{ skillId: skillIds.tea, level: 3 }], seconds: 45 }, {}],
      lastAgent: { withinHours: 72, waitSeconds: 30 },
      alternatives: { afterSeconds: 120, message: true, callback: true },
    }),
    service: await add('售后服务', {
      ...vip,
      ...complaints,
      groups: [{ teamIds: [teamIds.support] }],
      steps: [{ needs: [{ skillId: skillIds.returns, level: 3 }], seconds: 60 }, {}],
      lastAgent: { withinHours: 168, waitSeconds: 60 },
      owner: { waitSeconds: 60 },
    }),
    english: await add('English desk', {
      groups: [{ teamIds: [teamIds.sales] }],
      steps: [{ needs: [{ skillId: skillIds.english, level: 3 }], language: true, seconds: 120 }, {}],
      selection: 'best-skill',
    }),
  }
  for (const { names, queues } of dispositions)
    await createDisposition(tx, by, { names, queueIds: queues.map((queue) => queueIds[queue]) }, now)
  return queueIds
}

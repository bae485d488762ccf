import { type AgentProfile, queueSettings } from '@qiao/protocol'
import type { Actor } from '#access'
import { createDisposition, createQueue, createReason, createSkill, updateAgentProfile } from '#routing'
import type { Database } from '#platform/database/connect'
import type { Handle, TeamHandle } from './story.ts'

/** How the demo company distributes its work. Everybody starts offline: new chats wait until somebody is available. */

export type QueueHandle = 'advice' | 'service' | 'english'
const skillNames = {
  tea: '茶叶 Tea',
  paper: '文具 Stationery',
  returns: '退换货 Returns',
  english: '英语 English',
}
type SkillHandle = keyof typeof skillNames
type Level = AgentProfile['skills'][number]['level']

interface Profile {
  number: string
  languages: string[]
  skills: Partial<Record<SkillHandle, Level>>
}
const profiles: Record<Handle, Profile> = {
  shen: { number: '8000', languages: ['zh', 'en'], skills: { tea: 5, paper: 5, returns: 3, english: 4 } },
  lin: { number: '8001', languages: ['zh', 'en'], skills: { tea: 4, paper: 4, returns: 5, english: 3 } },
  zhou: { number: '8002', languages: ['zh'], skills: { tea: 5, paper: 2 } },
  emma: { number: '8003', languages: ['en', 'zh'], skills: { tea: 3, paper: 4, english: 5 } },
  he: { number: '8004', languages: ['zh'], skills: { returns: 5, paper: 3 } },
}

const breaks = [
  { zh: '小休', en: 'Short break' },
  { zh: '用餐', en: 'Meal' },
  { zh: '培训', en: 'Training' },
  { zh: '会议', en: 'Meeting' },
  { zh: '辅导', en: 'Coaching' },
]
const declines = [
  { zh: '正在处理其他客户', en: 'Busy with another customer' },
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
  const skillIds: Partial<Record<string, string>> = {}
  for (const [handle, name] of Object.entries(skillNames)) {
    skillIds[handle] = (await createSkill(tx, by, { name }, now)).id
  }
  for (const names of breaks) await createReason(tx, by, { kind: 'break', names }, now)
  for (const names of declines) await createReason(tx, by, { kind: 'decline', names }, now)
  const staff = Object.entries(profiles) as [Handle, Profile][]
  for (const [handle, { number, languages, skills }] of staff) {
    const levels = Object.entries(skills).map(([skill, level]) => ({ skillId: skillIds[skill] ?? '', level }))
    const profile = { agentId: agentIds[handle], number, languages, skills: levels, profileId: null, weight: 100 }
    await updateAgentProfile(tx, by, profile, now)
  }
  const add = async (name: string, settings: Parameters<typeof queueSettings.parse>[0]): Promise<string> =>
    (await createQueue(tx, by, { name, calendarId, settings: queueSettings.parse(settings) }, now)).id
  const vip = { priorities: [{ attribute: 'level', value: '金卡', points: 10 }] }
  const queueIds = {
    advice: await add('售前咨询', {
      ...vip,
      // Colleagues of the other team help out with who has waited for long.
      groups: [{ teamIds: [teamIds.sales] }, { teamIds: [teamIds.support], afterSeconds: 90 }],
      steps: [{ needs: [{ skillId: skillIds['tea'], level: 3 }], seconds: 45 }, {}],
      lastAgent: { withinHours: 72, waitSeconds: 30 },
      alternatives: { afterSeconds: 120, message: true, callback: true },
    }),
    service: await add('售后服务', {
      ...vip,
      groups: [{ teamIds: [teamIds.support] }],
      steps: [{ needs: [{ skillId: skillIds['returns'], level: 3 }], seconds: 60 }, {}],
      lastAgent: { withinHours: 168, waitSeconds: 60 },
      owner: { waitSeconds: 60 },
    }),
    english: await add('English desk', {
      groups: [{ teamIds: [teamIds.sales] }],
      steps: [{ needs: [{ skillId: skillIds['english'], level: 3 }], language: true, seconds: 120 }, {}],
      selection: 'best-skill',
    }),
  }
  for (const { names, queues } of dispositions)
    await createDisposition(tx, by, { names, queueIds: queues.map((queue) => queueIds[queue]) }, now)
  return queueIds
}

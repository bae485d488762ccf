import {
  type Agent,
  type DispositionCode,
  type Inbox,
  type Queue,
  type Team,
  listAgents,
  listInboxes,
  listTeams,
  readRoutingSettings,
} from '@qiao/protocol'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { createContext, useContext, useMemo } from 'react'
import { call } from './api.ts'

const rarely = { staleTime: 5 * 60_000 }
export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: async ({ signal }) => (await call(listAgents, {}, { signal })).agents,
  ...rarely,
})
export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async ({ signal }) => (await call(listTeams, {}, { signal })).teams,
  ...rarely,
})
export const inboxesQuery = queryOptions({
  queryKey: ['inboxes'],
  queryFn: async ({ signal }) => (await call(listInboxes, {}, { signal })).inboxes,
  ...rarely,
})

/** Queues, skills, profiles and codes; `changed` frames of `routing` make it read again. */
export const routingSettingsQuery = queryOptions({
  queryKey: ['routing'],
  queryFn: ({ signal }) => call(readRoutingSettings, {}, { signal }),
  ...rarely,
})

const noAgents: Agent[] = []
const noTeams: Team[] = []
const noInboxes: Inbox[] = []
const noQueues: Queue[] = []
const noDispositions: DispositionCode[] = []
export const useAgents = (): Agent[] => useQuery(agentsQuery).data ?? noAgents
export const useTeams = (): Team[] => useQuery(teamsQuery).data ?? noTeams
export const useInboxes = (): Inbox[] => useQuery(inboxesQuery).data ?? noInboxes
export const useQueues = (): Queue[] => useQuery(routingSettingsQuery).data?.queues ?? noQueues

export const useDispositions = (): DispositionCode[] =>
  useQuery(routingSettingsQuery).data?.dispositions ?? noDispositions
const useRetiredDispositions = (): DispositionCode[] =>
  useQuery(routingSettingsQuery).data?.retired.dispositions ?? noDispositions

const byId = <Item extends { id: string }>(items: Item[]) => new Map(items.map((item) => [item.id, item]))
/** For the shell, which hands them to all below it. */
export function useReadStaffNames() {
  const agents = useAgents()
  const teams = useTeams()
  const inboxes = useInboxes()
  const queues = useQueues()
  const dispositions = useDispositions()
  const retired = useRetiredDispositions()
  return useMemo(
    () => ({
      agents: byId(agents),
      teams: byId(teams),
      inboxes: byId(inboxes),
      queues: byId(queues),
      // What was recorded keeps its name.
      dispositions: byId([...dispositions, ...retired]),
    }),
    [agents, teams, inboxes, queues, dispositions, retired],
  )
}
export type StaffNames = ReturnType<typeof useReadStaffNames>
export const StaffNamesContext = createContext<StaffNames | null>(null)
export function useStaffNames(): StaffNames {
  const names = useContext(StaffNamesContext)
  if (!names) throw new Error('Names are known to who is signed in')
  return names
}

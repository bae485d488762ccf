import { type Me, type OutputOf, type Permission, can, readMe, updateMe } from '@qiao/protocol'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { setAppearance } from './appearance.ts'
import { call } from './api.ts'
import { inTurn } from './in-turn.ts'

/** The signed-in agent. The shell's route loads it before anything is drawn, so screens may rely on it. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const answer = await call(readMe, {}, { signal })
    appearAs(answer.me)
    return answer
  },
  staleTime: 5 * 60_000,
})

function appearAs({ preferences: { language, theme, density } }: Me): void {
  setAppearance({ language, theme, density })
}

type Session = OutputOf<typeof readMe>
/** A context and no query of each component: dozens of a thread ask who looks, and an observer costs more than they do. */
export const SessionContext = createContext<Session | null>(null)
function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('Nobody is signed in here')
  return session
}

export const useMe = (): Me => useSession().me
export const useOrganisation = () => useSession().organisation
export const useCan = (permission: Permission): boolean => can(useMe().role, permission)

/** Changes own preferences at once on screen; a refusal puts the old ones back. */
export function useUpdatePreferences() {
  const client = useQueryClient()
  const { turn, isLast } = inTurn(client, 'preferences')
  const show = (me: Me): void => {
    client.setQueryData(meQuery.queryKey, (held) => held && { ...held, me })
    appearAs(me)
  }
  return useMutation({
    ...turn,
    mutationFn: (change: Partial<Me['preferences']>) => call(updateMe, { body: { preferences: change } }),
    onMutate: (change) => {
      const before = client.getQueryData(meQuery.queryKey)?.me
      if (before) show({ ...before, preferences: { ...before.preferences, ...change } })
      return { before }
    },
    onError: (_error, _change, context) => {
      if (!isLast()) return
      if (context?.before) show(context.before)
      void client.invalidateQueries({ queryKey: meQuery.queryKey })
    },
    onSuccess: (me) => {
      if (isLast()) show(me)
    },
  })
}

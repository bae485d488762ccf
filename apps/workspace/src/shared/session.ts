import { type Me, type OutputOf, type Permission, can, readMe, updateMe } from '@qiao/protocol'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { setAppearance } from './appearance.ts'
import { call } from './api.ts'

/** The signed-in agent. The shell's route loads it before anything is drawn, so screens may rely on it. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const answer = await call(readMe, {}, { signal })
    const { language, theme, density } = answer.me.preferences
    setAppearance({ language, theme, density })
    return answer
  },
  staleTime: 5 * 60_000,
})

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
  return useMutation({
    mutationFn: (change: Partial<Me['preferences']>) => call(updateMe, { body: { preferences: change } }),
    onMutate: (change) => {
      const before = client.getQueryData(meQuery.queryKey)
      if (before) {
        const preferences = { ...before.me.preferences, ...change }
        client.setQueryData(meQuery.queryKey, { ...before, me: { ...before.me, preferences } })
        const { language, theme, density } = preferences
        setAppearance({ language, theme, density })
      }
      return { before }
    },
    onError: (_error, _change, context) => {
      if (context?.before) client.setQueryData(meQuery.queryKey, context.before)
    },
    onSuccess: (me) => {
      const before = client.getQueryData(meQuery.queryKey)
      if (before) client.setQueryData(meQuery.queryKey, { ...before, me })
    },
  })
}

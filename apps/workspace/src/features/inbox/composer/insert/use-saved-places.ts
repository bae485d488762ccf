import { createSavedPlace, deleteSavedPlace, listSavedPlaces, type SavedPlace } from '@qiao/protocol'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../../shared/api.ts'
import { useWords } from '../../../../shared/i18n.ts'
import { useFeedback } from '../../../../shared/use-feedback.ts'
import { insertWords } from './insert-words.ts'

const savedPlacesQuery = queryOptions({
  queryKey: ['saved-places'] as const,
  queryFn: async ({ signal }) => (await call(listSavedPlaces, {}, { signal })).places,
  staleTime: 60_000,
})
const none: readonly SavedPlace[] = []

/** The company's places; whoever sees them without being able to fetch them types one. */
export function useSavedPlaces() {
  const t = useWords(insertWords)
  const client = useQueryClient()
  const feedback = useFeedback()
  const { data } = useQuery(savedPlacesQuery)
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: savedPlacesQuery.queryKey })
  const keep = useMutation({
    mutationFn: (place: Omit<SavedPlace, 'id'>) => call(createSavedPlace, { body: place }),
    onSuccess: () => {
      feedback.done(t('place.kept'))
      return again()
    },
    onError: feedback.failed,
  })
  const remove = useMutation({
    mutationFn: ({ id }: SavedPlace) => call(deleteSavedPlace, { params: { id } }),
    onSuccess: () => {
      feedback.done(t('place.removed'))
      return again()
    },
    onError: feedback.failed,
  })
  return { places: data ?? none, keep: keep.mutate, remove: remove.mutate }
}

import {
  keepApart,
  listMerges,
  listMergeSuggestions,
  mergeContacts,
  suggestMerges,
  undoMerge,
  type InputOf,
} from '@qiao/protocol'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api.ts'
import { useFeedback } from '../use-feedback.ts'

export const alikeQuery = (id: string) =>
  queryOptions({
    queryKey: ['contacts', 'alike', id] as const,
    queryFn: async ({ signal }) => (await call(suggestMerges, { params: { id } }, { signal })).suggestions,
  })

export const mergesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'merges', id] as const,
    queryFn: ({ pageParam, signal }) =>
      call(listMerges, { params: { id }, query: { cursor: pageParam ?? undefined, limit: 5 } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })

export const pairsQuery = infiniteQueryOptions({
  queryKey: ['contacts', 'pairs'] as const,
  queryFn: ({ pageParam, signal }) =>
    call(listMergeSuggestions, { query: { cursor: pageParam ?? undefined } }, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
})

/** Whatever changed between two contacts is read anew; sockets tell other screens the same. */
function useSettled(words: string) {
  const client = useQueryClient()
  const { done, failed } = useFeedback()
  return {
    onSuccess: async () => {
      done(words)
      await Promise.all([
        client.invalidateQueries({ queryKey: ['contacts'] }),
        client.invalidateQueries({ queryKey: ['conversations', 'of-contact'] }),
      ])
    },
    onError: failed,
  }
}

export const useMerge = (words: string) =>
  useMutation({
    mutationFn: (input: InputOf<typeof mergeContacts>) => call(mergeContacts, input),
    ...useSettled(words),
  })

export const useKeepApart = (words: string) =>
  useMutation({ mutationFn: (input: InputOf<typeof keepApart>) => call(keepApart, input), ...useSettled(words) })

export const useUndoMerge = (words: string) =>
  useMutation({ mutationFn: (id: string) => call(undoMerge, { params: { id } }), ...useSettled(words) })

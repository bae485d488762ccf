import { listContacts, type Mailbox } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../../../../shared/api.ts'

const waitMs = 180
const none: readonly Mailbox[] = []

/** Contacts with an address whose name or address begins to be typed, without those who are there already. */
export function useSuggestions(text: string, people: readonly Mailbox[]): readonly Mailbox[] {
  const typed = text.trim()
  const [search, setSearch] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed), waitMs)
    return () => clearTimeout(timer)
  }, [typed])
  const { data = none } = useQuery({
    queryKey: ['contacts', 'addresses', search],
    queryFn: async ({ signal }): Promise<Mailbox[]> => {
      const { items } = await call(listContacts, { query: { search, limit: 8 } }, { signal })
      return items.flatMap(({ name, email }) => (email ? [{ name: name ?? '', address: email }] : []))
    },
    enabled: search.length >= 2,
    staleTime: 60_000,
  })
  if (typed.length < 2) return none
  const taken = new Set(people.map(({ address }) => address.toLowerCase()))
  return data.filter(({ address }) => !taken.has(address.toLowerCase())).slice(0, 6)
}

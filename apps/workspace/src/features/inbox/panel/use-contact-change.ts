import { type Contact, updateContact } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { call } from '../../../shared/api.ts'
import { contactQuery } from '../../../shared/contacts.ts'
import { explain } from '../../../shared/error-words.ts'
import { inTurn } from '../../../shared/in-turn.ts'

type Change = Parameters<typeof call<typeof updateContact>>[1]['body']

/** Shows the change at once; a refusal puts the old value back and says why. */
export function useContactChange(contact: Contact) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { queryKey } = contactQuery(contact.id)
  const { turn, isLast } = inTurn(client, 'contact', contact.id)
  return useMutation({
    ...turn,
    mutationFn: (body: Change) => call(updateContact, { params: { id: contact.id }, body }),
    onMutate: ({ attributes, ...fields }) => {
      const before = client.getQueryData(queryKey)
      if (before) {
        const merged = Object.entries({ ...before.contact.attributes, ...attributes }).filter(
          ([, value]) => value !== null,
        )
        client.setQueryData(queryKey, {
          ...before,
          contact: { ...before.contact, ...fields, attributes: Object.fromEntries(merged) },
        })
      }
      return before
    },
    onError: (error, _change, before) => {
      void message.error(explain(error))
      if (!isLast()) return
      if (before) client.setQueryData(queryKey, before)
      void client.invalidateQueries({ queryKey })
    },
    onSuccess: (saved) => {
      if (isLast()) client.setQueryData(queryKey, (held) => held && { ...held, contact: saved })
    },
  })
}

import type { Contact, OutputOf, readContact } from '@qiao/protocol'
import { type ReactNode, memo } from 'react'
import { IdentityList } from './identity-list.tsx'
import { MergeHistory } from './merge-history.tsx'
import { MergeWith } from './merge-with.tsx'
import { SuggestionList } from './suggestion-list.tsx'
import './merging.css'

interface PersonSectionProps {
  contact: Contact
  identities: OutputOf<typeof readContact>['identities']
  /** Further ways to know the person elsewhere. */
  actions?: ReactNode
}

/** One person, however they reach us: by which ways, who may be the same, and who was merged. */
export const PersonSection = memo(function PersonSection({ contact, identities, actions }: PersonSectionProps) {
  return (
    <>
      <IdentityList identities={identities} contactId={contact.id} />
      <div className="q-merging-buttons">
        <MergeWith contact={contact} />
        {actions}
      </div>
      <SuggestionList contact={contact} />
      <MergeHistory contact={contact} />
    </>
  )
})

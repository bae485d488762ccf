import type { ConversationItem } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { type ReactNode, memo, useLayoutEffect, useMemo, useRef } from 'react'
import { contactQuery } from '../../../shared/contacts.ts'
import { ErrorState } from '../../../shared/error-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { BindButton } from '../../../shared/merging/bind-button.tsx'
import { PersonSection } from '../../../shared/merging/person-section.tsx'
import { useMe, useUpdatePreferences } from '../../../shared/session.ts'
import { useStable } from '../../../shared/use-stable.ts'
import { inboxWords } from '../words.ts'
import { AllowAgain } from './allow-again.tsx'
import { AttributesSection } from './attributes-section.tsx'
import { ConversationSection } from './conversation-section.tsx'
import { DeviceSection } from './device-section.tsx'
import { EarlierSection } from './earlier-section.tsx'
import { PanelSection } from './panel-section.tsx'
import { PeopleSection } from './people-section.tsx'
import { type Section, moveSection, orderSections } from './section-order.ts'
import { SummarySection } from './summary-section.tsx'
import { EventsSection, VisitsSection } from './visits-section.tsx'
import './panel.css'

export interface ContactPanelProps {
  item: ConversationItem
  earlier: readonly ConversationItem[]
  onOpen: (id: string) => void
}

/** It stays when another contact comes: only fields are new, so that nothing half typed goes along. */
export const ContactPanel = memo(function ContactPanel({ item, earlier, onOpen }: ContactPanelProps) {
  const t = useWords(inboxWords)
  const me = useMe()
  const update = useUpdatePreferences()
  const query = useQuery(contactQuery(item.contact.id))
  const scroller = useRef<HTMLDivElement>(null)
  const contactId = item.contact.id
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
  }, [contactId])
  const order = orderSections(me.preferences.panelOrder)
  const onMove = useStable((section: Section, step: 1 | -1) =>
    update.mutate({ panelOrder: moveSection(order, section, step) }),
  )
  const held = query.isSuccess ? query.data : null
  const conversationId = item.conversation.id
  const bind = useMemo(() => <BindButton conversationId={conversationId} />, [conversationId])
  const contentOf = (section: Section): ReactNode => {
    if (!held) return null
    const { contact, identities, trail } = held
    switch (section) {
      case 'summary':
        return <SummarySection contact={contact} identities={identities} />
      case 'person':
        return <PersonSection contact={contact} identities={identities} actions={bind} />
      case 'attributes':
        return <AttributesSection contact={contact} />
      case 'people':
        return <PeopleSection conversationId={conversationId} />
      case 'conversation':
        return (
          <>
            <ConversationSection conversation={item.conversation} />
            {item.marks.sentSeq === undefined ? null : <AllowAgain conversationId={conversationId} />}
          </>
        )
      case 'earlier':
        return <EarlierSection items={earlier} onOpen={onOpen} />
      case 'visits':
        return <VisitsSection visits={trail.visits} />
      case 'events':
        return <EventsSection events={trail.events} />
      case 'device':
        return <DeviceSection contact={contact} />
      default:
        return section satisfies never
    }
  }
  const shown = order.filter(
    (section) =>
      (section !== 'events' || (held?.trail.events.length ?? 0) > 0) &&
      // Only letters have others than the customer who take part.
      (section !== 'people' || item.conversation.subject !== null),
  )
  return (
    <>
      {query.isPending ? <Skeleton className="q-panel-skeleton" avatar paragraph={{ rows: 6 }} /> : null}
      {query.isError ? (
        <ErrorState title={t('panel.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      <div ref={scroller} className="q-panel-scroll" hidden={!held}>
        {shown.map((section) => (
          <PanelSection key={section} name={section} title={t(`panel.${section}`)} onMove={onMove}>
            {contentOf(section)}
          </PanelSection>
        ))}
      </div>
    </>
  )
})

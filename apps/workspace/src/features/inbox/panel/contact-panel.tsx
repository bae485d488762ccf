import type { ConversationItem } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { type ReactNode, memo } from 'react'
import { contactQuery } from '../../../shared/contacts.ts'
import { ErrorState } from '../../../shared/error-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { BindButton } from '../../../shared/merging/bind-button.tsx'
import { PersonSection } from '../../../shared/merging/person-section.tsx'
import { useMe, useUpdatePreferences } from '../../../shared/session.ts'
import { inboxWords } from '../words.ts'
import { AttributesSection } from './attributes-section.tsx'
import { ConversationSection } from './conversation-section.tsx'
import { DeviceSection } from './device-section.tsx'
import { EarlierSection } from './earlier-section.tsx'
import { PanelSection } from './panel-section.tsx'
import { type Section, moveSection, orderSections } from './section-order.ts'
import { SummarySection } from './summary-section.tsx'
import { EventsSection, VisitsSection } from './visits-section.tsx'
import './panel.css'

interface ContactPanelProps {
  item: ConversationItem
  earlier: readonly ConversationItem[]
  onOpen: (id: string) => void
}

export const ContactPanel = memo(function ContactPanel({ item, earlier, onOpen }: ContactPanelProps) {
  const t = useWords(inboxWords)
  const me = useMe()
  const update = useUpdatePreferences()
  const query = useQuery(contactQuery(item.contact.id))
  if (query.isPending) return <Skeleton className="q-panel-skeleton" avatar paragraph={{ rows: 6 }} />
  if (query.isError)
    return <ErrorState title={t('panel.failed')} error={query.error} onRetry={() => void query.refetch()} />
  const { contact, identities, trail } = query.data
  const order = orderSections(me.preferences.panelOrder)
  const content: Record<Section, ReactNode> = {
    summary: <SummarySection contact={contact} identities={identities} />,
    person: (
      <PersonSection
        contact={contact}
        identities={identities}
        actions={<BindButton conversationId={item.conversation.id} />}
      />
    ),
    attributes: <AttributesSection contact={contact} />,
    conversation: <ConversationSection item={item} />,
    earlier: <EarlierSection items={earlier} onOpen={onOpen} />,
    visits: <VisitsSection visits={trail.visits} />,
    events: <EventsSection events={trail.events} />,
    device: <DeviceSection contact={contact} />,
  }
  const shown = order.filter((section) => section !== 'events' || trail.events.length > 0)
  return (
    <div className="q-panel-scroll">
      {shown.map((section) => (
        <PanelSection
          key={section}
          name={section}
          title={t(`panel.${section}`)}
          onMove={(step) => update.mutate({ panelOrder: moveSection(order, section, step) })}
        >
          {content[section]}
        </PanelSection>
      ))}
    </div>
  )
})

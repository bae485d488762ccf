import { currentContent } from '@qiao/protocol'
import { memo } from 'react'
import { MailRow } from '../mail/mail-row.tsx'
import type { Row } from './rows.ts'
import { ConsultRow, WhisperRow } from './inner-rows.tsx'
import { MessageRow } from './message-row.tsx'
import { ConversationRow, DayRow, EventRow, NoteRow, PendingRow } from './other-rows.tsx'

/** Drawn anew with its row alone, and not when the others are moved. */
export const ThreadRow = memo(function ThreadRow({ row }: { row: Row }) {
  switch (row.type) {
    case 'conversation': {
      const { number, inboxId, createdAt } = row.item.conversation
      return <ConversationRow number={number} inboxId={inboxId} createdAt={createdAt} />
    }
    case 'day':
      return <DayRow at={row.at} />
    case 'event':
      return <EventRow entry={row.entry} />
    case 'message': {
      const content = currentContent(row.entry)
      if (content?.type === 'mail') return <MailRow entry={row.entry} mail={content} delivery={row.delivery} />
      return <MessageRow entry={row.entry} grouped={row.grouped} delivery={row.delivery} />
    }
    case 'note':
      return <NoteRow entry={row.entry} grouped={row.grouped} />
    case 'whisper':
      return <WhisperRow entry={row.entry} grouped={row.grouped} />
    case 'consult':
      return <ConsultRow consult={row.consult} />
    case 'pending':
      return <PendingRow pending={row.pending} grouped={row.grouped} />
    default:
      return row satisfies never
  }
})

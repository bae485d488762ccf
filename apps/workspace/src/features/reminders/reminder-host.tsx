import type { ConversationItem } from '@qiao/protocol'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import { findItem } from '../../shared/conversations/cache.ts'
import { countsQuery, itemsOf, listQuery } from '../../shared/conversations/queries.ts'
import { translate } from '../../shared/i18n.ts'
import faviconUrl from '../../shared/favicon.svg'
import { contactName } from '../../shared/names.ts'
import { onEntries } from '../../shared/realtime/realtime.ts'
import { playReminder } from '../../shared/reminder-sound.ts'
import { useMe } from '../../shared/session.ts'
import { useStaffNames } from '../../shared/staff.ts'
import { duration } from '../../shared/time.ts'
import { serverNow } from '../../shared/server-time.ts'
import { type Reminder, overdue, remindersOf } from './decide.ts'
import { clearTitle, showInTitle } from '../../shared/tab-title.ts'
import { reminderWords } from './words.ts'

const everyMs = 5000

/** Tells the agent what needs them, by the ways that they have switched on. Draws nothing. */
export function ReminderHost() {
  const me = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const names = useStaffNames()
  const watched = useParams({ strict: false })['conversationId'] ?? null
  const { data } = useInfiniteQuery(listQuery({ view: 'mine', sort: 'newest' }))
  const unread = useQuery(countsQuery).data?.mineUnread ?? 0
  const mine = useRef<ConversationItem[]>([])
  useEffect(() => {
    mine.current = itemsOf(data)
  }, [data])
  const base = unread > 0 ? `(${unread}) Qiao` : 'Qiao'

  const tell = useCallback(
    (reminder: Reminder): void => {
      const how = me.preferences.reminders[reminder.kind]
      const item = findItem(client, reminder.conversationId)
      const words = wordsOf(
        reminder,
        item,
        me.preferences,
        reminder.agentId ? (names.agents.get(reminder.agentId)?.name ?? '') : '',
      )
      // Before the first press on the page browsers keep it silent; the title and the notification are there all the same.
      if (how.sound) void playReminder(reminder.kind).catch(() => undefined)
      if (how.title && document.visibilityState === 'hidden') showInTitle(words, base)
      if (
        how.desktop &&
        document.visibilityState === 'hidden' &&
        'Notification' in window &&
        Notification.permission === 'granted'
      ) {
        const body = item ? `${contactName(item.contact)}: ${item.conversation.lastMessage?.preview ?? ''}` : ''
        // The same conversation replaces its own notification instead of piling up.
        const notification = new Notification(words, { body, tag: reminder.conversationId, icon: faviconUrl })
        notification.addEventListener('click', () => {
          window.focus()
          void navigate({ to: `/inbox/mine/${reminder.conversationId}` })
          notification.close()
        })
      }
    },
    [base, client, me, names, navigate],
  )

  useEffect(
    () =>
      onEntries((id, entries) => {
        const watchedId = document.visibilityState === 'visible' && document.hasFocus() ? watched : null
        const item = findItem(client, id)
        const found = entries.flatMap((entry) => remindersOf(entry, item, { meId: me.id, watchedId }))
        const last = found.at(-1)
        if (last) tell(last)
      }),
    [client, me.id, tell, watched],
  )

  const told = useRef<Set<string> | null>(null)
  useEffect(() => {
    const check = (): void => {
      // What was already overdue when the page was opened is on the list in red; it is not announced again.
      const first = told.current === null
      told.current ??= new Set()
      const found = overdue(mine.current, me.id, me.preferences, serverNow(), told.current)
      if (!first) for (const reminder of found) tell(reminder)
    }
    const timer = setInterval(check, everyMs)
    return () => clearInterval(timer)
  }, [me, tell])

  useEffect(() => {
    const seen = (): void => {
      if (document.visibilityState === 'visible') clearTitle(base)
    }
    seen()
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  }, [base])
  return null
}

interface Limits {
  unansweredAfterSeconds: number
  idleAfterSeconds: number
}
function wordsOf({ kind, about }: Reminder, item: ConversationItem | undefined, limits: Limits, name: string): string {
  const since = item?.conversation.waitingSince
  const waited = since ? serverNow() - Date.parse(since) : limits.unansweredAfterSeconds * 1000
  const time = duration(kind === 'idle' ? limits.idleAfterSeconds * 1000 : waited)
  return translate(reminderWords, about ?? kind, { time, name })
}

import type { ChannelInfo, InboxSettings } from '@qiao/protocol'
import { Link } from '@tanstack/react-router'
import { ChoiceField, optionsOf } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useInboxes } from '../../../shared/staff.ts'
import { useChannelInfos } from '../channels/channels-query.ts'
import { leaveWords } from './leave-words.ts'

type From = InboxSettings['offline']['answersFrom']

/** A channel says in data what it carries: letters, or text messages, which alone are counted in segments. */
const carries: Record<keyof From, (info: ChannelInfo) => boolean> = {
  mailInboxId: ({ capabilities }) => capabilities.letters === true,
  smsInboxId: ({ capabilities }) => capabilities.text.unit === 'segments',
}
const labels = { mailInboxId: 'mail', smsInboxId: 'sms' } as const
const lacks = { mailInboxId: 'noMail', smsInboxId: 'noSms' } as const

/** Through which of the company's inboxes an answer goes out that is not read in the chat. */
export function AnswersFrom({ from, onChange }: { from: From; onChange: (from: From) => void }) {
  const t = useWords(leaveWords)
  const inboxes = useInboxes()
  const infos = useChannelInfos()
  return (['mailInboxId', 'smsInboxId'] as const).map((name) => {
    const channels = new Set(infos.filter(carries[name]).map(({ id }) => id))
    const fitting = inboxes.filter(({ channel }) => channels.has(channel))
    const chosen = from[name]
    const gone = chosen !== null && infos.length > 0 && !fitting.some(({ id }) => id === chosen)
    if (fitting.length === 0 && chosen === null) {
      return (
        <p key={name} className="q-quiet">
          {t(lacks[name])} <Link to="/settings/inboxes/new">{t('addInbox')}</Link>
        </p>
      )
    }
    return (
      <ChoiceField
        key={name}
        label={t(labels[name])}
        value={chosen ?? ''}
        onChange={(value) => onChange({ ...from, [name]: value || null })}
        options={[
          { value: '', label: t('notOffered') },
          ...optionsOf(fitting),
          ...(gone ? [{ value: chosen, label: t('gone') }] : []),
        ]}
      />
    )
  })
}

import type { ChannelInfo } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Input } from 'antd'
import { useState } from 'react'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Load } from '../../../shared/load.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useCan } from '../../../shared/session.ts'
import { ChannelMark } from '../channels/channel-mark.tsx'
import { channelsQuery } from '../channels/channels-query.ts'
import { worded } from '../../../shared/worded.ts'
import { words as channelWords } from '../channels/words.ts'
import { Forbidden } from '../forbidden.tsx'
import { NewInbox } from './new-inbox.tsx'
import { words } from './words.ts'

export interface Choice {
  /** The id of its channel. */
  id: string
  name: string
  summary: string
  /** Null is our own web chat. */
  info: ChannelInfo | null
}

/** Which channel the new inbox is of; its name comes next. */
export function ChooseChannelPage() {
  const t = useWords(words)
  const c = useWords(channelWords)
  const manage = useCan('inboxes.manage')
  const channels = useQuery(channelsQuery)
  const [sought, setSought] = useState('')
  const [chosen, setChosen] = useState<Choice | null>(null)
  if (!manage) return <Forbidden page="inboxes" />
  const web: Choice = { id: 'web', name: c('web'), summary: c('webSummary'), info: null }
  return (
    <PageFrame
      title={t('choose')}
      intro={
        <>
          <Link to="/settings/inboxes">← {t('all')}</Link> · {t('chooseText')}
        </>
      }
      wide
    >
      <Input.Search
        aria-label={t('search')}
        placeholder={t('search')}
        allowClear
        value={sought}
        onChange={(event) => setSought(event.target.value)}
        style={{ maxWidth: 360 }}
      />
      <Load query={channels}>
        {(infos) => {
          const shown = [web, ...infos.map(choiceOf)].filter((choice) => isSought(choice, sought))
          if (shown.length === 0) return <EmptyState title={t('noneFound')} />
          return (
            <ul className="st-channels">
              {shown.map((choice) => (
                <li key={choice.id}>
                  <button type="button" className="st-channel-card" onClick={() => setChosen(choice)}>
                    <ChannelMark info={choice.info} size={36} />
                    <span>
                      <strong>{choice.name}</strong>
                      <small>{choice.summary}</small>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )
        }}
      </Load>
      {chosen ? <NewInbox key={chosen.id} choice={chosen} onClose={() => setChosen(null)} /> : null}
    </PageFrame>
  )
}

const choiceOf = (info: ChannelInfo): Choice => ({
  id: info.id,
  name: worded(info.name),
  summary: worded(info.summary),
  info,
})

/** By its name in either language: people know channels by both. */
function isSought({ id, name, summary, info }: Choice, sought: string): boolean {
  const text = [id, name, summary, info?.name.zh, info?.name.en].join(' ').toLowerCase()
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

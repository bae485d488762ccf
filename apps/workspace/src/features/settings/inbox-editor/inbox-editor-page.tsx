import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ApiError } from '../../../shared/api.ts'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { inboxesQuery } from '../../../shared/staff.ts'
import { Load, type Loaded } from '../../../shared/load.tsx'
import { ChannelEditor } from '../channel-account/channel-editor.tsx'
import { channelsQuery } from '../channels/channels-query.ts'
import { sections } from './draft.ts'
import { InboxEditor } from './inbox-editor.tsx'
import { words } from './words.ts'
import './inbox-editor.css'

export function InboxEditorPage() {
  const t = useWords(words)
  const { inboxId, section } = useParams({ strict: false })
  const inboxes = useQuery(inboxesQuery)
  const channels = useQuery(channelsQuery)
  return (
    <Load query={both(inboxes, channels)}>
      {([all, infos]) => {
        const inbox = all.find((one) => one.id === inboxId)
        const info = infos.find((one) => one.id === inbox?.channel)
        if (inbox && info) return <ChannelEditor key={inbox.id} inbox={inbox} info={info} section={section} />
        const shown = sections.find((one) => one === section) ?? 'general'
        if (inbox) return <InboxEditor key={inbox.id} inbox={inbox} section={shown} />
        const back = <Link to="/settings/inboxes">{t('back')}</Link>
        return <EmptyState title={explain(new ApiError('not-found', 404))} action={back} />
      }}
    </Load>
  )
}

/** The editor differs by the channel, so neither is shown without the other. */
const both = <One, Other>(one: Loaded<One>, other: Loaded<Other>): Loaded<[One, Other]> => ({
  data: one.data === undefined || other.data === undefined ? undefined : [one.data, other.data],
  isError: one.isError || other.isError,
  error: one.error ?? other.error,
  refetch: () => void Promise.all([one.refetch(), other.refetch()]),
})

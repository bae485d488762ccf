import { webUrl } from '@qiao/protocol'
import { ChoicesField } from '../../../shared/choice-field.tsx'
import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { words as settingsWords } from '../words.ts'
import { type WebhookEvent, webhookEvents } from './webhooks-query.ts'
import { words } from './words.ts'

export interface WebhookDraft {
  url: string
  description: string
  events: WebhookEvent[]
  enabled: boolean
}

export const urlIsValid = (draft: WebhookDraft): boolean => webUrl.safeParse(draft.url.trim()).success

interface Props {
  draft: WebhookDraft
  tried: boolean
  onChange: (draft: WebhookDraft) => void
}

export function WebhookFields({ draft, tried, onChange }: Props) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const change = (part: Partial<WebhookDraft>): void => onChange({ ...draft, ...part })
  return (
    <>
      <TextField
        label={t('url')}
        hint={t('urlHint')}
        error={tried && !urlIsValid(draft) ? s('problem.url') : null}
        type="url"
        value={draft.url}
        placeholder="https://example.com/hooks/qiao"
        onChange={(url) => change({ url })}
      />
      <TextField
        label={t('description')}
        value={draft.description}
        maxLength={200}
        onChange={(description) => change({ description })}
      />
      <ChoicesField
        label={t('events')}
        hint={t('eventsHint')}
        value={draft.events}
        placeholder={t('allEvents')}
        onChange={(events) => change({ events })}
        options={webhookEvents.map((event) => ({ value: event, label: event }))}
      />
      <SwitchField label={t('enabled')} checked={draft.enabled} onChange={(enabled) => change({ enabled })} />
    </>
  )
}

import { webUrl } from '@qiao/protocol'
import { Input, Select } from 'antd'
import { FormField, SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
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
  return (
    <>
      <FormField label={t('url')} hint={t('urlHint')} error={tried && !urlIsValid(draft) ? s('problem.url') : null}>
        {(control) => (
          <Input
            {...control}
            type="url"
            value={draft.url}
            placeholder="https://example.com/hooks/qiao"
            onChange={(event) => onChange({ ...draft, url: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t('description')}>
        {(control) => (
          <Input
            {...control}
            value={draft.description}
            maxLength={200}
            onChange={(event) => onChange({ ...draft, description: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t('events')} hint={t('eventsHint')}>
        {({ id }) => (
          <Select
            id={id}
            mode="multiple"
            value={draft.events}
            placeholder={t('allEvents')}
            onChange={(events) => onChange({ ...draft, events })}
            options={webhookEvents.map((event) => ({ value: event, label: event }))}
          />
        )}
      </FormField>
      <SwitchField
        label={t('enabled')}
        checked={draft.enabled}
        onChange={(enabled) => onChange({ ...draft, enabled })}
      />
    </>
  )
}

import { attachmentKinds } from '@qiao/protocol'
import { Checkbox, InputNumber, Select } from 'antd'
import { FormField, SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { chatWords } from './chat-words.ts'
import { ContinueField } from './continue-field.tsx'
import type { SectionProps } from './section-props.ts'
import { useProblemWords } from '../parts/use-problem-words.ts'

const megabyte = 1024 * 1024
const suggestions = ['🎉', '🎊', '❤️', '🎂', '🏮', '🧧', '👏', '🌟']

export function ConversationSection({ info, draft, problems, onSettings }: SectionProps) {
  const t = useWords(chatWords)
  const problem = useProblemWords(problems)
  const { settings } = draft
  const { attachments } = settings
  return (
    <>
      <Section title={t('files')} hint={t('filesHint')}>
        <div className="q-field">
          <span className="q-field-label" id="st-kinds">
            {t('kinds')}
          </span>
          <Checkbox.Group
            aria-labelledby="st-kinds"
            value={attachments.kinds}
            onChange={(kinds) =>
              onSettings({
                attachments: { ...attachments, kinds: attachmentKinds.filter((one) => kinds.includes(one)) },
              })
            }
            options={attachmentKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          />
        </div>
        <FormField label={t('maxSize')} error={problem('attachments.maxBytes')}>
          {(control) => (
            <InputNumber
              {...control}
              value={Math.round((attachments.maxBytes / megabyte) * 10) / 10}
              min={0.1}
              max={1024}
              suffix={t('mb')}
              style={{ width: 140 }}
              onChange={(value) =>
                onSettings({ attachments: { ...attachments, maxBytes: Math.round((value ?? 1) * megabyte) } })
              }
            />
          )}
        </FormField>
      </Section>
      {info ? null : <WritingSection draft={draft} problems={problems} onSettings={onSettings} />}
    </>
  )
}

/** What visitors can do in our own chat window. */
function WritingSection({ draft, problems, onSettings }: Pick<SectionProps, 'draft' | 'problems' | 'onSettings'>) {
  const t = useWords(chatWords)
  const problem = useProblemWords(problems)
  const { settings } = draft
  const { transcript } = settings
  return (
    <Section title={t('writing')}>
      <SwitchField
        label={t('voiceNotes')}
        checked={settings.voiceNotes}
        onChange={(voiceNotes) => onSettings({ voiceNotes })}
      />
      <SwitchField
        label={t('typingPreview')}
        hint={t('typingPreviewHint')}
        checked={settings.typingPreview}
        onChange={(typingPreview) => onSettings({ typingPreview })}
      />
      <SwitchField
        label={t('visitorMayClose')}
        checked={settings.visitorMayClose}
        onChange={(visitorMayClose) => onSettings({ visitorMayClose })}
      />
      <SwitchField
        label={t('download')}
        checked={transcript.download}
        onChange={(download) => onSettings({ transcript: { ...transcript, download } })}
      />
      <SwitchField
        label={t('email')}
        checked={transcript.email}
        onChange={(email) => onSettings({ transcript: { ...transcript, email } })}
      />
      <ContinueField
        value={settings.continueIn}
        error={problem('continueIn')}
        onChange={(continueIn) => onSettings({ continueIn })}
      />
      <FormField label={t('celebrations')} hint={t('celebrationsHint')} error={problem('celebrations')}>
        {({ id }) => (
          <Select
            id={id}
            mode="tags"
            value={settings.celebrations}
            maxCount={10}
            onChange={(celebrations) => onSettings({ celebrations })}
            options={suggestions.map((one) => ({ value: one, label: one }))}
          />
        )}
      </FormField>
    </Section>
  )
}

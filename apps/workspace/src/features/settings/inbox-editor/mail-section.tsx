import { mailAcknowledgementText } from '@qiao/protocol'
import { useState } from 'react'
import { SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { TextField } from '../../../shared/text-field.tsx'
import { MailTemplatesSection } from '../mail-templates/mail-templates-section.tsx'
import { useProblemWords } from '../parts/use-problem-words.ts'
import { AcknowledgementsEditor } from './acknowledgements-editor.tsx'
import { acknowledgementsWords } from './acknowledgements-words.ts'
import { mailSettingsWords } from './mail-words.ts'
import type { SectionProps } from './section-props.ts'
import { htmlToLines, linesToHtml } from '../../../shared/signature-text.ts'

/** What stands below the mails of agents, and what is answered before one of them does. */
export function MailSection({ inbox, draft, problems, readOnly, onSettings }: SectionProps) {
  const t = useWords(mailSettingsWords)
  const a = useWords(acknowledgementsWords)
  const problem = useProblemWords(problems)
  const { mail } = draft.settings
  const { acknowledgement } = mail
  // Decided once: what is being typed must not turn from words into HTML in mid-sentence.
  const [plain] = useState(() => htmlToLines(mail.signature) !== null)
  const signature = plain ? (htmlToLines(mail.signature) ?? '') : mail.signature
  const put = (text: string): void => onSettings({ mail: { ...mail, signature: plain ? linesToHtml(text) : text } })
  const change = (part: Partial<typeof acknowledgement>): void =>
    onSettings({ mail: { ...mail, acknowledgement: { ...acknowledgement, ...part } } })
  return (
    <>
      <Section title={t('signature')}>
        <TextField
          label={t('signature')}
          hint={plain ? t('signatureHint') : `${t('signatureHtml')} ${t('signatureHint')}`}
          error={problem('mail.signature')}
          value={signature}
          lines={{ first: 4, most: 12 }}
          onChange={put}
        />
        <SwitchField
          label={t('ownSignatures')}
          hint={t('ownSignaturesHint')}
          checked={mail.ownSignatures}
          onChange={(ownSignatures) => onSettings({ mail: { ...mail, ownSignatures } })}
        />
      </Section>
      <Section title={t('acknowledgement')} hint={t('acknowledgementHint')}>
        <SwitchField label={t('on')} hint={t('empty')} checked={acknowledgement.on} onChange={(on) => change({ on })} />
        {acknowledgement.on
          ? (['zh', 'en'] as const).map((language) => (
              <TextField
                key={language}
                label={t(language)}
                hint={t('wordsHint')}
                error={problem(`mail.acknowledgement.${language}`)}
                lang={language}
                maxLength={2000}
                value={acknowledgement[language]}
                lines={{ first: 3, most: 8 }}
                onChange={(text) => change({ [language]: text })}
              />
            ))
          : null}
      </Section>
      {acknowledgement.on ? (
        <Section title={a('title')}>
          <AcknowledgementsEditor
            draft={draft}
            problems={problems}
            readOnly={readOnly}
            onSettings={onSettings}
            withField={['zh-CN', 'en']}
            textFor={mailAcknowledgementText}
          />
        </Section>
      ) : null}
      <MailTemplatesSection inboxId={inbox.id} readOnly={readOnly} />
    </>
  )
}

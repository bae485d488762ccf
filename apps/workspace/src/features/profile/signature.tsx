import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '../../shared/i18n.ts'
import { useMe, useUpdatePreferences } from '../../shared/session.ts'
import { htmlToLines, linesToHtml } from '../../shared/signature-text.ts'
import { TextField } from '../../shared/text-field.tsx'
import { useFeedback } from '../../shared/use-feedback.ts'
import { words } from './words.ts'

/** The agent's own, above that of the inbox. */
export function Signature() {
  const t = useWords(words)
  const { signature } = useMe().preferences
  const feedback = useFeedback()
  const update = useUpdatePreferences()
  // Decided once: what is being typed must not turn from words into HTML in mid-sentence.
  const [plain] = useState(() => htmlToLines(signature) !== null)
  const [text, setText] = useState(() => (plain ? (htmlToLines(signature) ?? '') : signature))
  const html = plain ? linesToHtml(text) : text
  const save = (): void =>
    update.mutate({ signature: html }, { onSuccess: () => feedback.done(t('saved')), onError: feedback.failed })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <TextField
        label={t('signature.label')}
        hint={t('signature.hint')}
        maxLength={20_000}
        value={text}
        lines={{ first: 3, most: 12 }}
        onChange={setText}
      />
      <Button type="primary" htmlType="submit" loading={update.isPending} disabled={html === signature}>
        {t('signature.save')}
      </Button>
    </form>
  )
}

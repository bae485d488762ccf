import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ChoicesField, optionsOf } from '../../../shared/choice-field.tsx'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { useQueues } from '../../../shared/staff.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { FormPanel } from '../parts/form-panel.tsx'
import { useRefreshRouting } from '../parts/use-refresh-routing.ts'
import { words as settingsWords } from '../words.ts'
import { type Code, type CodeKind, retireCode, saveCode } from './code-kinds.ts'
import { words } from './words.ts'

interface Props {
  kind: CodeKind
  code: Code | null
  onClose: () => void
}

/** Makes a code, or changes and retires the given one. */
export function CodePanel({ kind, code, onClose }: Props) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const refresh = useRefreshRouting()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const queues = useQueues()
  const [names, setNames] = useState(code?.names ?? { zh: '', en: '' })
  const [queueIds, setQueueIds] = useState(code?.queueIds ?? [])
  const finish = async (text: string): Promise<void> => {
    await refresh()
    feedback.done(text)
    onClose()
  }
  const save = useMutation({
    mutationFn: () => saveCode(kind, code?.id ?? null, { names, queueIds }),
    onSuccess: () => finish(s('saved')),
  })
  const retire = useMutation({
    mutationFn: (id: string) => retireCode(kind, id),
    onSuccess: () => finish(t('retired')),
    onError: feedback.failed,
  })
  const missing = { zh: names.zh.trim() === '', en: names.en.trim() === '' }
  return (
    <FormPanel
      title={code ? t('editTitle') : t(`${kind}Add`)}
      valid={!missing.zh && !missing.en}
      saving={save}
      onSave={save.mutate}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <TextField
            label={t('zh')}
            error={tried && missing.zh ? s('problem.missing') : null}
            value={names.zh}
            maxLength={100}
            placeholder={t('zhPlaceholder')}
            onChange={(zh) => setNames({ ...names, zh })}
          />
          <TextField
            label={t('en')}
            error={tried && missing.en ? s('problem.missing') : null}
            value={names.en}
            maxLength={100}
            placeholder={t('enPlaceholder')}
            onChange={(en) => setNames({ ...names, en })}
          />
          {kind === 'disposition' ? (
            <ChoicesField
              label={t('queues')}
              hint={t('queuesHint')}
              value={queueIds}
              placeholder={t('allQueues')}
              onChange={setQueueIds}
              options={optionsOf(queues)}
            />
          ) : null}
          {code ? (
            <Button
              danger
              onClick={() =>
                confirm({
                  title: t('retireTitle', { name: currentLanguage() === 'en' ? code.names.en : code.names.zh }),
                  text: t('retireText'),
                  ok: t('retire'),
                  run: () => retire.mutateAsync(code.id),
                })
              }
            >
              {t('retire')}
            </Button>
          ) : null}
        </>
      )}
    </FormPanel>
  )
}

import { type Skill, createSkill, deleteSkill, updateSkill } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { FormPanel } from '../parts/form-panel.tsx'
import { NameField } from '../parts/name-field.tsx'
import { useRefreshRouting } from '../parts/use-refresh-routing.ts'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

export type EditedSkill = Skill | 'new'

export function SkillPanel({ skill, onClose }: { skill: EditedSkill; onClose: () => void }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const refresh = useRefreshRouting()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const known = skill === 'new' ? null : skill
  const [name, setName] = useState(known?.name ?? '')
  const finish = async (text: string): Promise<void> => {
    await refresh()
    feedback.done(text)
    onClose()
  }
  const save = useMutation({
    mutationFn: () =>
      known ? call(updateSkill, { params: { id: known.id }, body: { name } }) : call(createSkill, { body: { name } }),
    onSuccess: () => finish(s('saved')),
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(deleteSkill, { params: { id } }),
    onSuccess: () => finish(s('deleted')),
    onError: feedback.failed,
  })
  return (
    <FormPanel
      title={known ? t('editTitle') : t('newTitle')}
      valid={name.trim() !== ''}
      saving={save}
      onSave={save.mutate}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <NameField t={t} tried={tried} value={name} onChange={setName} />
          {known ? (
            <Button
              danger
              onClick={() =>
                confirm({
                  title: t('removeTitle', { name: known.name }),
                  text: t('removeText'),
                  ok: s('delete'),
                  run: () => remove.mutateAsync(known.id),
                })
              }
            >
              {s('delete')}
            </Button>
          ) : null}
        </>
      )}
    </FormPanel>
  )
}

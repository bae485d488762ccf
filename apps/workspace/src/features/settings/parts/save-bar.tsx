import type { EditVersion } from '@qiao/protocol'
import { useBlocker } from '@tanstack/react-router'
import { Button, Modal } from 'antd'
import { useEffect } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { words } from '../words.ts'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import './save-bar.css'

interface SaveBarProps {
  dirty: boolean
  saving: boolean
  /** Words for what keeps it from being saved. */
  problem?: string | null
  /** What somebody else saved meanwhile: saving overwrites that. */
  theirs: EditVersion | null
  onSave: () => void
  onDiscard: () => void
}

/** Appears with the first change and stays at hand; leaving with changes is asked about, Ctrl-S saves. */
export function SaveBar({ dirty, saving, problem, theirs, onSave, onDiscard }: SaveBarProps) {
  const t = useWords(words)
  useEffect(() => {
    const save = (event: KeyboardEvent): void => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      if (dirty && !saving && !theirs) onSave()
    }
    addEventListener('keydown', save)
    return () => removeEventListener('keydown', save)
  }, [dirty, saving, theirs, onSave])
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && !saving && current.routeId !== next.routeId,
    enableBeforeUnload: dirty,
    withResolver: true,
  })
  return (
    <>
      {dirty && theirs && !saving ? (
        <div className="st-save">
          <ChangedMeanwhile theirs={theirs} problem={problem} onTake={onDiscard} onOverwrite={onSave} />
        </div>
      ) : dirty ? (
        <div className="st-save">
          <output className={problem ? 'q-state-bad' : undefined}>{problem ?? t('unsaved')}</output>
          <Button onClick={onDiscard} disabled={saving}>
            {t('discard')}
          </Button>
          <Button type="primary" onClick={onSave} loading={saving} title="Ctrl/⌘ S">
            {t('save')}
          </Button>
        </div>
      ) : null}
      <Modal
        open={blocker.status === 'blocked'}
        title={t('leaveTitle')}
        okText={t('leave')}
        okButtonProps={{ danger: true }}
        cancelText={t('stay')}
        onOk={() => blocker.proceed?.()}
        onCancel={() => blocker.reset?.()}
        destroyOnHidden
      >
        {t('leaveText')}
      </Modal>
    </>
  )
}

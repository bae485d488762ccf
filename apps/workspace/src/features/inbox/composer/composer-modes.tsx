import { Segmented } from 'antd'
import { memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { workWords } from '../work-words.ts'
import { inboxWords } from '../words.ts'

export type ComposerMode = 'reply' | 'note' | 'whisper'

interface ComposerModesProps {
  mode: ComposerMode
  mayWhisper: boolean
  onMode: (mode: ComposerMode) => void
}

/** Who will read it: the customer, colleagues, or only the agent who is being helped. */
export const ComposerModes = memo(function ComposerModes({ mode, mayWhisper, onMode }: ComposerModesProps) {
  const t = useWords(inboxWords)
  const work = useWords(workWords)
  const options: { value: ComposerMode; label: string }[] = [
    { value: 'reply', label: t('composer.reply') },
    { value: 'note', label: t('composer.note') },
    ...(mayWhisper ? [{ value: 'whisper' as const, label: work('whisper.tab') }] : []),
  ]
  return <Segmented size="small" value={mode} aria-label={t('composer.mode')} options={options} onChange={onMode} />
})

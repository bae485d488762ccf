import type { MessageTemplate } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { words } from '../../../shared/templates/words.ts'

const look: Record<MessageTemplate['state'], string> = {
  approved: 'q-state-good',
  pending: 'st-template-pending',
  rejected: 'q-state-bad',
  paused: 'q-state-bad',
  disabled: 'q-state-bad',
}

/** What the provider decided, and why. */
export function TemplateState({ template: { state, reason } }: { template: MessageTemplate }) {
  const t = useWords(words)
  return (
    <span className="st-template-state">
      <span className={look[state]}>{t(`state.${state}`)}</span>
      {reason && state !== 'approved' ? <span className="st-said">{reason}</span> : null}
    </span>
  )
}

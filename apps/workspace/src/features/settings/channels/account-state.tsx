import type { accountStates } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { words as channelWords } from './words.ts'
import './channels.css'

export type AccountState = (typeof accountStates)[number]

const tones = {
  unset: 'q-state-warn',
  paused: 'q-state-warn',
  failing: 'q-state-bad',
  working: 'q-state-good',
} as const satisfies Record<AccountState, string>

export function AccountStateMark({ state }: { state: AccountState }) {
  const t = useWords(channelWords)
  return (
    <span className={`st-lamp ${tones[state]}`} data-state={state}>
      {t(`state.${state}`)}
    </span>
  )
}

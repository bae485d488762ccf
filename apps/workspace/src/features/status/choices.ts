import type { AgentState, ReasonCode } from '@qiao/protocol'
import { translate } from '../../shared/i18n.ts'
import { codeName } from '../../shared/routing/names.ts'
import { routingWords } from '../../shared/routing-words.ts'
import type { Choice } from './use-set-state.ts'
import { statusWords } from './words.ts'

export interface StateChoice {
  key: string
  choice: Choice
  label: string
}

const plain = (state: Choice['state']): StateChoice => ({
  key: state,
  choice: { state, reasonId: null },
  label: translate(routingWords, `state.${state}`),
})

/** What an agent may choose: each reason for a break is a choice of its own. */
export function choicesOf(breaks: readonly ReasonCode[]): StateChoice[] {
  const reasons = breaks.map((reason) => ({
    key: reason.id,
    choice: { state: 'break' as const, reasonId: reason.id },
    label: translate(statusWords, 'breakWith', { reason: codeName(reason) }),
  }))
  return [plain('available'), plain('busy'), ...(reasons.length > 0 ? reasons : [plain('break')]), plain('offline')]
}

export const isChosen = ({ choice }: StateChoice, state: Pick<AgentState, 'state' | 'reasonId'>): boolean =>
  choice.state === state.state && (choice.state !== 'break' || choice.reasonId === state.reasonId)

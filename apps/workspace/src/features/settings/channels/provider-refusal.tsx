import type { DeliveryProblem } from '@qiao/protocol'
import { Alert } from 'antd'
import { ProblemNote } from './problem-note.tsx'

/** The provider did not do what was asked of it: stands above the form that asked. */
export function ProviderRefusal({ title, problem }: { title: string; problem: DeliveryProblem | null | undefined }) {
  if (!problem) return null
  return (
    <Alert
      className="st-refusal"
      type="error"
      role="alert"
      showIcon
      title={title}
      description={<ProblemNote problem={problem} />}
    />
  )
}

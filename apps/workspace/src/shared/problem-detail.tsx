import type { DeliveryProblem } from '@qiao/protocol'
import { defineWords, useWords } from './i18n.ts'

const detailWords = defineWords('problem-detail', { 'zh-CN': { show: '原始信息' }, en: { show: 'Details' } })

/** What the provider itself said: by keyboard and touch as well, where nothing shows on hover. */
export function ProblemDetail({
  problem,
}: {
  problem: Pick<DeliveryProblem, 'providerCode' | 'detail'> | null | undefined
}) {
  const t = useWords(detailWords)
  const said = [problem?.providerCode, problem?.detail].filter(Boolean).join(' ')
  if (said === '') return null
  return (
    <details className="q-problem">
      <summary>{t('show')}</summary>
      <span dir="auto">{said}</span>
    </details>
  )
}

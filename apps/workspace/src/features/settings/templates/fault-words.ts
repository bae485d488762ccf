import type { TemplateFault } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { words } from './words.ts'

/** What is wrong with one field, in words; null while nothing is, or nobody tried to submit it. */
export type FaultOf = (...path: TemplateFault['path']) => string | null

export function useFaultWords(faults: readonly TemplateFault[]): FaultOf {
  const t = useWords(words)
  return (...path) => {
    const found = faults.find((one) => one.path.join('.') === path.join('.'))
    return found ? t(`fault.${found.fault}`, { most: found.most ?? 0, what: found.what ?? '' }) : null
  }
}

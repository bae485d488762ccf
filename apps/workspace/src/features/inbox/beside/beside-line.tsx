import type { MessageEntry } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { threadWords } from '../thread-words.ts'
import { type Beside, besideOf } from './beside.ts'
import './beside.css'

/** One small line under a message: what came with it that is not its words. */
export function BesideLine({ entry }: { entry: MessageEntry }) {
  const facts = besideOf(entry)
  if (facts.length === 0) return null
  return (
    <span className="q-beside">
      {facts.map((fact) => (
        <Fact key={JSON.stringify(fact)} fact={fact} />
      ))}
    </span>
  )
}

function Fact({ fact: { key, values, url } }: { fact: Beside }) {
  const t = useWords(threadWords)
  const words = key === 'other' && !values?.['name'] ? (values?.['value'] ?? '') : t(key, values ?? {})
  return url ? (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {words}
    </a>
  ) : (
    <span>{words}</span>
  )
}

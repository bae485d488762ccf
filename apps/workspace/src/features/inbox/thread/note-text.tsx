import { parsePlain } from '@qiao/protocol'
import { Fragment } from 'react'
import { useThreadContext } from './thread-context.tsx'

/** Names of mentioned colleagues stand out; the rest is plain text with links. */
export function NoteText({ text, mentions }: { text: string; mentions: readonly string[] }) {
  const { names, me } = useThreadContext()
  const marks = mentions.flatMap((id) => {
    const name = names.agents.get(id)?.name
    return name ? [{ id, mark: `@${name}` }] : []
  })
  const parts = splitByMarks(
    text,
    marks.map(({ mark }) => mark),
  )
  return (
    <p className="q-plain">
      {parts.map((part, at) => {
        const mark = marks.find((each) => each.mark === part)
        const key = `${at}-${part.length}`
        if (mark) {
          return (
            <strong key={key} className={mark.id === me.id ? 'q-mention is-me' : 'q-mention'}>
              {part}
            </strong>
          )
        }
        return <Fragment key={key}>{plain(part)}</Fragment>
      })}
    </p>
  )
}

const plain = (text: string) =>
  parsePlain(text).map((part, at) =>
    part.type === 'link' ? (
      <a key={`${at}-link`} href={part.url} target="_blank" rel="noopener noreferrer nofollow">
        {part.url}
      </a>
    ) : (
      <Fragment key={`${at}-text`}>{part.type === 'text' ? part.text : ''}</Fragment>
    ),
  )

/** "hi @Li Na!" by "@Li Na" → "hi ", "@Li Na", "!". Longer names win over those that they begin with. */
export function splitByMarks(text: string, marks: readonly string[]): string[] {
  if (marks.length === 0) return [text]
  const escaped = marks
    .toSorted((a, b) => b.length - a.length)
    .map((mark) => mark.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
  return text.split(new RegExp(`(${escaped.join('|')})`, 'u')).filter((part) => part !== '')
}

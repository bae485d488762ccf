import { useEffect, useState } from 'preact/hooks'
import type { BindLinks } from '../net/api.ts'
import { services } from '../services.ts'
import { appName, sayOfContinuing } from '../words/continue-words.ts'
import { refusalWords } from '../words/refusals.ts'

type Link = BindLinks['links'][number]

/** A phone cannot scan its own screen, and opens what a desktop could not. */
const isPhone = (): boolean => matchMedia('(pointer: coarse)').matches && !matchMedia('(any-pointer: fine)').matches

/** The chat in an app of the visitor's: a link on a phone, a code to scan elsewhere. */
export function ContinueIn() {
  const [links, setLinks] = useState<readonly Link[] | null>(null)
  const [problem, setProblem] = useState('')
  useEffect(() => {
    services()
      .api.bindLinks()
      .then(
        (made) => setLinks(made.links),
        (error: unknown) => setProblem(refusalWords(error)),
      )
  }, [])
  if (problem || links?.length === 0) return <p role="alert">{problem || sayOfContinuing('none')}</p>
  if (!links) return <p aria-busy="true">…</p>
  return (
    <>
      <p>{sayOfContinuing('note')}</p>
      <ul class="continue">
        {links.map((link) => (
          <li key={link.inboxId}>{isPhone() && link.as === 'link' ? <Open link={link} /> : <Code link={link} />}</li>
        ))}
      </ul>
    </>
  )
}

const Open = ({ link }: { link: Link }) => (
  <a class="primary" href={link.url} target="_blank" rel="noopener">
    {sayOfContinuing('open', appName(link.channel))}
  </a>
)

function Code({ link: { channel, code, name } }: { link: Link }) {
  const app = appName(channel)
  const edge = 4
  const box = `${-edge} ${-edge} ${code.size + 2 * edge} ${code.size + 2 * edge}`
  return (
    <figure>
      {/* Black on white in every theme: cameras want the contrast. */}
      <svg viewBox={box} role="img" aria-label={sayOfContinuing('code', app)} shape-rendering="crispEdges">
        <path
          fill="#fff"
          d={`M${-edge} ${-edge}h${code.size + 2 * edge}v${code.size + 2 * edge}h-${code.size + 2 * edge}z`}
        />
        <path fill="#000" d={code.path} />
      </svg>
      <figcaption>
        <b>{name}</b>
        <br />
        {sayOfContinuing(isPhone() ? 'keep' : 'scan', app)}
      </figcaption>
    </figure>
  )
}

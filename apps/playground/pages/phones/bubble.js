import { element } from '../shop/element.js'
import { locale, pick, say } from './words.js'

/** One message on a phone's screen. `press` is called with the choice that was pressed. */
export function bubbleOf(info, shown, press) {
  const { type, mine, text } = shown
  if (type === 'act' || type === 'system') return element('li', { class: 'told' }, [actWords(info, text)])
  const side = mine ? 'mine' : 'theirs'
  const inside = [...contentOf(shown), foot(shown)]
  return element('li', { class: side, 'data-id': shown.id }, [
    element('div', { class: `bubble ${type}` }, inside),
    ...(shown.reaction ? [element('span', { class: 'reaction' }, [shown.reaction])] : []),
    ...(shown.choices ? [choicesOf(shown.choices, press)] : []),
  ])
}

/** Simulators write acts as they are called; people read what the button said. */
function actWords({ acts, menu = [] }, text) {
  const isIt = ({ act }) => act === text.replace(' ', ':')
  const entry = menu.flatMap((one) => one.entries ?? one).find(isIt)
  if (entry) return entry.label
  const named = acts.find(isIt)
  return named ? pick(named.words) : text
}

function contentOf({ type, text, file, link }) {
  if (type === 'location')
    return [element('span', { class: 'pin', 'aria-hidden': 'true' }), words(text || say('place_at'))]
  // What a file is called says nothing that its picture does not.
  if (file) return [fileOf(file, text), ...(text && !isName(text, file) ? [words(text)] : [])]
  if (link) {
    const [title, ...rest] = text.split('\n')
    const card = [
      element('strong', {}, [title || say('openLink')]),
      ...(rest.length > 0 ? [words(rest.join('\n'))] : []),
    ]
    return [element('a', { class: 'card', href: link, target: '_blank', rel: 'noopener' }, card)]
  }
  return [words(text || say('unsaid'))]
}

const isName = (text, { kind, name }) => text === name || text === kind || /^[\w.-]+\.\w{2,4}$/.test(text)

function fileOf({ address, kind, name }, text) {
  if (kind === 'image')
    return element('img', { src: address, alt: text && !isName(text, { kind, name }) ? text : say('picture') })
  if (kind === 'audio')
    return element('audio', { src: address, controls: '', 'aria-label': say('voice'), preload: 'metadata' })
  if (kind === 'video')
    return element('video', { src: address, controls: '', 'aria-label': say('video'), preload: 'metadata' })
  const called = name || text || say('file')
  return element(
    'a',
    { class: 'card', href: address, download: called, 'aria-label': say('downloads', { name: called }) },
    [called],
  )
}

/** Addresses can be opened, everything else is as it was written. */
function words(text) {
  const pieces = text.split(/(https?:\/\/[^\s)]+)/)
  const made = pieces.map((piece, at) =>
    at % 2 === 1 ? element('a', { href: piece, target: '_blank', rel: 'noopener' }, [piece]) : piece,
  )
  return element('span', { class: 'words' }, made)
}

function foot({ at, mark }) {
  const time = new Date(at).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit' })
  const marks = mark
    ? [
        element('span', { class: `mark ${mark}`, role: 'img', 'aria-label': say(mark), title: say(mark) }, [
          mark === 'sent' ? '✓' : '✓✓',
        ]),
      ]
    : []
  return element('small', {}, [element('time', { datetime: at }, [time]), ...marks])
}

const choicesOf = (choices, press) =>
  element(
    'div',
    { class: 'choices' },
    choices.map(({ id, label }) => element('button', { type: 'button', click: () => press(id) }, [label])),
  )

import { element } from '../shop/element.js'
import { createHandset } from './handset.js'
import { listPhones, watch } from './line.js'
import { say, speak } from './words.js'

/** The phones side by side, or one at a time with tabs where the screen is narrow. */
const narrow = matchMedia('(max-width: 760px)')
const section = document.getElementById('phones')
let handsets = []
let chosen = ''
let stream = null

export async function drawPhones(language) {
  speak(language)
  stream?.close()
  const infos = await listPhones()
  section.hidden = !infos
  if (!infos) return
  handsets = infos.map(createHandset)
  if (!handsets.some(({ channel }) => channel === chosen)) chosen = handsets[0]?.channel ?? ''
  const tabs = element(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': say('tabs'), keydown: onKey },
    handsets.map(tabOf),
  )
  const lost = element('p', { class: 'lost', role: 'status' })
  section.replaceChildren(
    element('h2', {}, [say('title')]),
    element('p', { class: 'intro' }, [say('intro')]),
    lost,
    tabs,
    element(
      'div',
      { class: 'row' },
      handsets.map(({ handset }) => handset),
    ),
  )
  arrange()
  stream = watch(
    (state) => handsets.find(({ channel }) => channel === state.channel)?.update(state),
    (isOpen) => (lost.textContent = isOpen ? '' : say('offline')),
  )
}

const tabOf = ({ channel, name, handset }) => {
  handset.id = `phone-${channel}`
  const look = { type: 'button', role: 'tab', id: `tab-${channel}`, 'aria-controls': handset.id }
  return element('button', { ...look, click: () => choose(channel) }, [name])
}

function choose(channel) {
  chosen = channel
  arrange()
  document.getElementById(`tab-${channel}`).focus()
}

function onKey(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (!step) return
  const at = handsets.findIndex(({ channel }) => channel === chosen)
  choose(handsets.at((at + step) % handsets.length).channel)
}

function arrange() {
  section.querySelector('.tabs').hidden = !narrow.matches
  for (const { channel, handset, look } of handsets) {
    const isChosen = channel === chosen
    handset.hidden = narrow.matches && !isChosen
    if (narrow.matches) handset.setAttribute('role', 'tabpanel')
    else handset.removeAttribute('role')
    const tab = document.getElementById(`tab-${channel}`)
    tab.setAttribute('aria-selected', String(isChosen))
    tab.tabIndex = isChosen ? 0 : -1
    if (narrow.matches && isChosen) look()
  }
}
narrow.addEventListener('change', () => handsets.length > 0 && arrange())

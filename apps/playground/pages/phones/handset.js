import { element } from '../shop/element.js'
import { bubbleOf } from './bubble.js'
import { post, sendFile } from './line.js'
import { createMenuBar } from './menu-bar.js'
import { locale, pick, say } from './words.js'

const place = { latitude: 30.2205, longitude: 120.1018 }

/** A phone: its chat, its composer, and what else can be done on it. `update` draws what the server says it shows. */
export function createHandset(info) {
  const { channel, family } = info
  const name = pick(info.name)
  const list = element('ol')
  const screen = element(
    'div',
    { class: 'screen', tabindex: '0', role: 'log', 'aria-label': `${name}: ${say('chat')}` },
    [list],
  )
  const typing = element('p', { class: 'typing', hidden: '' }, [say('typing')])
  const told = element('p', { class: 'status', role: 'status' })
  const clock = element('p', { class: 'clock' }, [info.windowMs === null ? say('none') : say('never')])
  const drawn = new Map()
  let typingTimer = 0
  let unread = false
  let atEnd = true

  async function run(work) {
    const problem = await work()
    told.textContent = problem ? say('failed', { detail: problem }) : ''
    return !problem
  }
  const act = (wanted) => run(() => post(channel, 'act', { act: wanted }))
  const write = (body) => run(() => post(channel, 'say', body))
  const press = (id) => act(`press:${id}`)

  const box = element('input', {
    type: 'text',
    'aria-label': `${name}: ${say('message')}`,
    placeholder: say('message'),
    autocomplete: 'off',
    maxlength: '4000',
  })
  const composer = element('form', { class: 'composer', submit }, [
    attachMenu(),
    box,
    element('button', { class: 'send' }, [say('send')]),
  ])
  async function submit(event) {
    event.preventDefault()
    const text = box.value.trim()
    if (text === '') return
    box.value = ''
    // What could not be said stays to be said again.
    if (!(await write({ type: 'text', text })) && box.value === '') box.value = text
  }

  function attachMenu() {
    const picker = element('input', { type: 'file', hidden: '', change: () => run(() => sendFile(channel, picker)) })
    const button = (label, work) => element('button', { type: 'button', click: () => close(menu, work) }, [label])
    const menu = element('details', { class: 'attach', keydown: (event) => event.key === 'Escape' && close(menu) }, [
      element('summary', { 'aria-label': `${name}: ${say('attach')}` }, ['+']),
      element('div', { class: 'menu' }, [
        ...['image', 'audio', 'file']
          .filter((type) => info.can.includes(type))
          .map((type) => button(say(type), () => write({ type: 'sample', sample: type }))),
        ...(info.can.includes('location')
          ? [button(say('location'), () => write({ type: 'location', ...place, title: say('place') }))]
          : []),
        button(say('own'), () => picker.click()),
      ]),
      picker,
    ])
    return menu
  }
  const troubles = element(
    'select',
    { change: () => run(() => post(channel, 'trouble', { trouble: troubles.value || null })) },
    [
      element('option', { value: '' }, [say('fine')]),
      ...info.troubles.map((trouble) => element('option', { value: trouble }, [say(trouble)])),
    ],
  )
  const words = [
    ...(info.stopWord ? [['stop', info.stopWord]] : []),
    ...(info.startWord ? [['start', info.startWord]] : []),
  ]
  const acts = [
    ...info.acts.map((one) => element('button', { type: 'button', click: () => act(one.act) }, [pick(one.words)])),
    ...words.map(([kind, word]) =>
      element('button', { type: 'button', click: () => write({ type: 'text', text: word }) }, [say(kind, { word })]),
    ),
  ]
  const address = element('input', {
    type: 'text',
    'aria-label': say('address'),
    placeholder: 'https://',
    maxlength: '290',
  })
  async function open(event) {
    event.preventDefault()
    if (address.value.trim() !== '' && (await act(`${info.opens}:${address.value.trim()}`))) address.value = ''
  }
  const opener = element('form', { class: 'opener', submit: open }, [address, element('button', {}, [say('openIt')])])
  const more = element('details', { class: 'more' }, [
    element('summary', {}, [say('more')]),
    ...(info.opens ? [element('h4', {}, [say('address')]), opener] : []),
    ...(acts.length > 0 ? [element('h4', {}, [say('acts')]), element('div', { class: 'acts' }, acts)] : []),
    element('h4', {}, [say('provider')]),
    clock,
    ...(info.windowMs === null
      ? []
      : [element('button', { type: 'button', click: () => run(() => post(channel, 'expire')) }, [say('expire')])]),
    element('label', {}, [say('trouble'), ' ', troubles]),
  ])
  const menu = createMenuBar(`${name}: ${say('menu')}`, act)

  const handset = element(
    'section',
    { class: 'handset', 'data-family': family, 'data-channel': channel, 'aria-label': say('phone', { name }) },
    [element('h3', {}, [name]), screen, typing, menu.bar, composer, told, more],
  )
  // Whoever looks at a phone has read what is on it.
  for (const looks of ['focusin', 'pointerenter']) handset.addEventListener(looks, look)
  function look() {
    if (!unread || !info.tellsRead) return
    unread = false
    void post(channel, 'read')
  }

  function update(state) {
    info.menu = state.menu
    menu.show(state.menu)
    const items = state.screen.map((shown) => {
      const text = JSON.stringify(shown)
      const known = drawn.get(shown.id)
      if (known?.text === text) return known.item
      if (!known && !shown.mine) unread = true
      const item = bubbleOf(info, shown, press)
      drawn.set(shown.id, { text, item })
      return item
    })
    keepOrder(list, items)
    keepEnd()
    showTyping(state.typingUntil - state.now)
    troubles.value = state.trouble ?? ''
    clock.textContent = clockWords(info, state)
    if (
      document.visibilityState === 'visible' &&
      (handset.matches(':hover') ||
        handset.contains(document.activeElement) ||
        handset.matches('[role=tabpanel]:not([hidden])'))
    )
      look()
  }
  /** Pictures come later than their bubbles, and the part below is folded in and out. */
  function keepEnd() {
    if (atEnd) screen.scrollTop = screen.scrollHeight
  }
  screen.addEventListener('scroll', () => (atEnd = screen.scrollHeight - screen.scrollTop - screen.clientHeight < 60))
  screen.addEventListener('load', keepEnd, true)
  new ResizeObserver(keepEnd).observe(screen)
  function showTyping(ms) {
    clearTimeout(typingTimer)
    typing.hidden = ms <= 0
    if (ms > 0) typingTimer = setTimeout(() => (typing.hidden = true), ms)
  }
  return { channel, name, handset, update, look }
}

function close(menu, work) {
  menu.open = false
  menu.querySelector('summary').focus()
  work?.()
}

/** Moves nothing that stands where it should: a button that has the focus keeps it. */
function keepOrder(list, items) {
  const wanted = new Set(items)
  for (const child of Array.from(list.children)) if (!wanted.has(child)) child.remove()
  for (const [at, item] of items.entries())
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null)
}

function clockWords({ windowMs }, { screen, aheadMs }) {
  if (windowMs === null) return say('none')
  if (aheadMs > 0) return say('shut')
  const last = screen.findLast(({ mine, type }) => mine && type !== 'act')
  if (!last) return say('never')
  const closes = new Date(Date.parse(last.at) + windowMs)
  const at = closes.toLocaleString(locale(), { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' })
  return say('open', { hours: Math.round(windowMs / 3_600_000), at })
}

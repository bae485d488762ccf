import { language, pageWords, say } from './sdk-words.js'
import { element } from './shop/element.js'

// Commands given before the script has arrived wait in a queue.
window.Qiao ??= (...call) => {
  window.Qiao.q ??= []
  window.Qiao.q.push(call)
}

/** What is shown is what runs: the code of each example is read from its own function. */
const examples = {
  open: () => window.Qiao('open'),
  close: () => window.Qiao('close'),
  toggle: () => window.Qiao('toggle'),
  hide: () => window.Qiao('hide'),
  show: () => window.Qiao('show'),
  newConversation: () => window.Qiao('newConversation', 'Do you wrap gifts?'),
  prefill: () => window.Qiao('prefill', 'My order number is '),
  sendMessage: () => window.Qiao('sendMessage', 'I am looking at the teapots.'),
  setLanguage: () => window.Qiao('setLanguage', 'fr'),
  setAttributes: () => window.Qiao('setAttributes', { plan: 'gold', orders: 3 }),
  track: () => window.Qiao('track', 'cart.left', { items: 3 }),
  unreadCount: () => window.Qiao('unreadCount', (count) => log('unreadCount', count)),
  identify: () => window.Qiao('identify', token.value),
  logout: () => window.Qiao('logout'),
}

const events = ['ready', 'opened', 'closed', 'message', 'unread', 'conversation']
const token = element('input', { 'aria-label': say('token'), placeholder: say('token'), autocomplete: 'off' })

function log(name, detail) {
  const line = `${name} ${JSON.stringify(detail)}`
  document.getElementById('log').prepend(element('li', {}, [line]))
}

const codeOf = (example) =>
  String(example)
    .replace(/^\(\) =>\s*/, '')
    .replaceAll('window.', '')

function rowOf([name, example]) {
  const press = element(
    'button',
    { type: 'button', 'aria-label': say('runLabel').replace('{name}', say(name)), click: example },
    [say('run')],
  )
  const about = element('div', {}, [element('p', {}, [say(name)]), element('code', {}, [codeOf(example)])])
  if (name === 'identify') about.append(token)
  return element('li', {}, [about, press])
}

document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
document.title = `Qiao 桥 · ${say('subtitle')}`
for (const [id, text] of pageWords) document.getElementById(id).textContent = text
document.getElementById('language').href = `?lang=${language === 'zh' ? 'en' : 'zh'}`
document.getElementById('playground').href = `./?lang=${language}`
document.getElementById('examples').append(...Object.entries(examples).map(rowOf))
for (const name of events) window.Qiao('on', name, (detail) => log(name, detail))

const script = element('script', { async: '', src: '/widget.js', 'data-inbox': `camellia-${language}` })
document.head.append(script)

import { cartPage } from './cart.js'
import { countInCart } from './cart-store.js'
import { element } from './element.js'
import { listPage } from './list.js'
import { productPage } from './product.js'
import { language, link, say } from './words.js'

/** The inboxes of the demo company; made when the server first starts with demo data. */
const inboxes = { zh: 'camellia-zh', en: 'camellia-en' }
const pages = { list: listPage, product: productPage, cart: cartPage }
const page = document.body.dataset.page

/** Commands given before the script has arrived wait in a queue. */
window.Qiao ??= (...call) => {
  window.Qiao.q ??= []
  window.Qiao.q.push(call)
}

function header() {
  const here = Object.fromEntries(new URLSearchParams(location.search))
  const other = language === 'zh' ? 'en' : 'zh'
  const count = countInCart()
  return element('header', { class: 'top' }, [
    element('a', { class: 'brand', href: link('./') }, [
      element('img', { src: '../art/logo.svg', alt: '', width: 32, height: 32 }),
      element('span', {}, [say('brand')]),
    ]),
    element('nav', { 'aria-label': say('brand') }, [
      element('a', { href: link('./') }, [say('goods')]),
      element('a', { href: link('cart.html') }, [count > 0 ? `${say('cart')} (${count})` : say('cart')]),
      element('a', { href: link('', here, other), lang: other }, [say('other')]),
    ]),
  ])
}

function draw() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  const { title, content } = pages[page](draw)
  document.title = `${title} · ${say('brand')}`
  const footer = element('footer', {}, [element('p', {}, [say('promise')]), element('p', {}, [say('demo')])])
  document.body.replaceChildren(header(), element('main', {}, content), footer)
}

/** As the documentation tells a shop to do it: one script element that names the inbox. */
function embedChat() {
  const script = document.createElement('script')
  script.async = true
  script.src = '/widget.js'
  script.dataset.inbox = inboxes[language]
  document.head.append(script)
}

draw()
embedChat()

import { addToCart } from './cart-store.js'
import { element } from './element.js'
import { find } from './goods.js'
import { language, link, money, say } from './words.js'

let added = false

export function productPage(draw) {
  const product = find(new URLSearchParams(location.search).get('sku'))
  const back = element('a', { class: 'back', href: link('./') }, [`← ${say('back')}`])
  if (!product) return { title: say('goods'), content: [back, element('h1', {}, [say('notFound')])] }
  const { name, line, about, price } = product[language]
  const add = () => {
    addToCart(product.sku)
    window.Qiao('track', 'add-to-cart', { sku: product.sku, price: price / 100 })
    added = true
    draw()
  }
  const ask = () => {
    window.Qiao('open')
    window.Qiao('prefill', say('askAbout', { name }))
  }
  return {
    title: name,
    content: [
      back,
      element('article', { class: 'product' }, [
        element('img', { src: `../art/${product.sku}.svg`, alt: '', width: 400, height: 400 }),
        element('div', {}, [
          element('h1', {}, [name]),
          element('p', { class: 'quiet' }, [line]),
          element('p', { class: 'price' }, [money(price)]),
          element('p', {}, [about]),
          element('p', { class: 'actions' }, [
            element('button', { type: 'button', class: 'buy', click: add }, [say('add')]),
            element('button', { type: 'button', click: ask }, [say('ask')]),
          ]),
          element('p', { role: 'status' }, added ? [say('added')] : []),
        ]),
      ]),
    ],
  }
}

import { readCart, setQuantity } from './cart-store.js'
import { element } from './element.js'
import { language, link, money, say } from './words.js'

function lineOf({ product, quantity }, draw) {
  const { name, price } = product[language]
  const change = (to) => {
    setQuantity(product.sku, to)
    draw()
  }
  return element('li', {}, [
    element('img', { src: `../art/${product.sku}.svg`, alt: '', width: 72, height: 72 }),
    element('a', { href: link('product.html', { sku: product.sku }) }, [name]),
    element('input', {
      type: 'number',
      min: 1,
      max: 99,
      value: quantity,
      'aria-label': `${say('quantity')}: ${name}`,
      change: (event) => change(Math.min(99, Number(event.currentTarget.value) || 0)),
    }),
    element('span', { class: 'price' }, [money(price * quantity)]),
    element('button', { type: 'button', 'aria-label': `${say('remove')}: ${name}`, click: () => change(0) }, ['×']),
  ])
}

export function cartPage(draw) {
  const lines = readCart()
  const total = lines.reduce((sum, { product, quantity }) => sum + product[language].price * quantity, 0)
  window.Qiao('setAttributes', { cart_total: total / 100, cart_items: lines.length })
  const heading = element('h1', {}, [say('cart')])
  if (lines.length === 0) return { title: say('cart'), content: [heading, element('p', {}, [say('empty')])] }
  return {
    title: say('cart'),
    content: [
      heading,
      element(
        'ul',
        { class: 'cart' },
        lines.map((line) => lineOf(line, draw)),
      ),
      element('p', { class: 'total' }, [`${say('total')} ${money(total)}`]),
      element('button', { type: 'button', class: 'buy', disabled: 'disabled' }, [say('pay')]),
    ],
  }
}

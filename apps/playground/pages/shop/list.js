import { element } from './element.js'
import { goods } from './goods.js'
import { language, link, money, say } from './words.js'

export function listPage() {
  const cards = goods.map((product) =>
    element('li', {}, [
      element('a', { class: 'card', href: link('product.html', { sku: product.sku }) }, [
        element('img', { src: `../art/${product.sku}.svg`, alt: '', width: 240, height: 240, loading: 'lazy' }),
        element('strong', {}, [product[language].name]),
        element('span', { class: 'quiet' }, [product[language].line]),
        element('span', { class: 'price' }, [money(product[language].price)]),
      ]),
    ]),
  )
  return {
    title: say('goods'),
    content: [element('h1', {}, [say('slogan')]), element('ul', { class: 'goods' }, cards)],
  }
}

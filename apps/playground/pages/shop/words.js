const words = {
  zh: {
    brand: '山茶集',
    slogan: '茶与纸，慢慢来',
    goods: '全部商品',
    cart: '购物车',
    add: '加入购物车',
    added: '已加入购物车',
    ask: '问问客服',
    askAbout: '你好，想了解一下「{name}」。',
    empty: '购物车还是空的。',
    total: '合计',
    pay: '去结算',
    demo: '这是演示店铺，不会真的下单。',
    back: '返回全部商品',
    other: 'English',
    remove: '移除',
    quantity: '数量',
    notFound: '没有找到这件商品。',
    promise: '全场满 199 元包邮 · 七天无理由退换 · 每天 9:00–21:00 有人答',
  },
  en: {
    brand: 'Camellia Goods',
    slogan: 'Tea and paper, unhurried',
    goods: 'All goods',
    cart: 'Cart',
    add: 'Add to cart',
    added: 'Added to your cart',
    ask: 'Ask us about it',
    askAbout: 'Hello, I have a question about the {name}.',
    empty: 'Your cart is empty.',
    total: 'Total',
    pay: 'Check out',
    demo: 'This is a demo shop: nothing is really ordered.',
    back: 'Back to all goods',
    other: '中文',
    remove: 'Remove',
    quantity: 'Quantity',
    notFound: 'We could not find this product.',
    promise: 'Free shipping over $39 · 30-day returns · A person answers, 9 am to 9 pm',
  },
}

export const language = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh'

export function say(key, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[language][key])
}

export const money = (price) =>
  new Intl.NumberFormat(language, { style: 'currency', currency: language === 'zh' ? 'CNY' : 'USD' }).format(
    price / 100,
  )

/** The same page in the given language, or another page of the shop in this one. */
export function link(page, values = {}, wanted = language) {
  return `${page}?${new URLSearchParams({ ...values, lang: wanted })}`
}

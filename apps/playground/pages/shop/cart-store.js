import { find } from './goods.js'

const key = 'camellia-cart'

export function readCart() {
  const kept = JSON.parse(localStorage.getItem(key) ?? '{}')
  return Object.entries(kept).flatMap(([sku, quantity]) => (find(sku) ? [{ product: find(sku), quantity }] : []))
}

export const countInCart = () => readCart().reduce((sum, { quantity }) => sum + quantity, 0)

export function setQuantity(sku, quantity) {
  const kept = Object.fromEntries(readCart().map((line) => [line.product.sku, line.quantity]))
  if (quantity > 0) kept[sku] = quantity
  else delete kept[sku]
  localStorage.setItem(key, JSON.stringify(kept))
}

export function addToCart(sku) {
  const line = readCart().find(({ product }) => product.sku === sku)
  setQuantity(sku, (line?.quantity ?? 0) + 1)
}

/** Makes an element without any HTML in strings. */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value)
    else if (value !== undefined) made.setAttribute(key, value)
  }
  made.append(...children)
  return made
}

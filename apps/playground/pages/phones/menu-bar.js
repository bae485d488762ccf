import { element } from '../shop/element.js'

/** The account's menu under the chat: entries, and lists above those that have more below them. `act` does what one is. */
export function createMenuBar(label, act) {
  const bar = element('div', { class: 'bar', role: 'group', 'aria-label': label, hidden: '' })
  let shown = '[]'
  function foldIn() {
    for (const open of bar.querySelectorAll('details[open]')) open.open = false
  }
  const press = (entry) => () => {
    foldIn()
    void act(entry.act)
  }
  const button = (entry) => element('button', { type: 'button', click: press(entry) }, [entry.label])
  const list = ({ label: name, entries }) =>
    element('details', { keydown: (event) => event.key === 'Escape' && foldIn() }, [
      element('summary', {}, [name]),
      element('div', { class: 'below' }, entries.map(button)),
    ])
  return {
    bar,
    show(menu) {
      const text = JSON.stringify(menu)
      if (text === shown) return
      shown = text
      bar.hidden = menu.length === 0
      bar.replaceChildren(...menu.map((entry) => (entry.entries ? list(entry) : button(entry))))
    },
  }
}

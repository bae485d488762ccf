import { useEffect, useRef, useState } from 'react'

/**
 * The rows of a live table: up and down move between them, by the button that each begins with; `over` is true while the
 * pointer or the focus is among them.
 */
export function useTableBody() {
  const ref = useRef<HTMLTableSectionElement>(null)
  const [over, setOver] = useState(false)
  useEffect(() => {
    const body = ref.current
    if (!body) return undefined
    const enter = (): void => setOver(true)
    const leave = (): void => setOver(body.contains(document.activeElement))
    const unfocus = ({ relatedTarget }: FocusEvent): void =>
      setOver(body.matches(':hover') || (relatedTarget instanceof Node && body.contains(relatedTarget)))
    const onKey = (event: KeyboardEvent): void => {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      if (step === 0 || !(event.target instanceof HTMLElement) || event.target.closest('input, [role=menu]')) return
      const rows = [...body.querySelectorAll<HTMLElement>('[data-row]')]
      const own = event.target.closest('tr')?.querySelector<HTMLElement>('[data-row]')
      const next = rows[(own ? rows.indexOf(own) : -1) + step]
      if (!next) return
      event.preventDefault()
      next.focus()
    }
    body.addEventListener('pointerenter', enter)
    body.addEventListener('pointerleave', leave)
    body.addEventListener('focusin', enter)
    body.addEventListener('focusout', unfocus)
    body.addEventListener('keydown', onKey)
    return () => {
      body.removeEventListener('pointerenter', enter)
      body.removeEventListener('pointerleave', leave)
      body.removeEventListener('focusin', enter)
      body.removeEventListener('focusout', unfocus)
      body.removeEventListener('keydown', onKey)
    }
  }, [])
  return [ref, over] as const
}

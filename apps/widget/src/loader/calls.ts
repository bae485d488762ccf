import type { FrameCommand } from '../shared/bridge.ts'
import type { Qiao } from '../sdk.ts'
import { trusted } from '../shared/trusted.ts'
import type { Widget } from './widget.ts'

type Call = [command: string, ...args: unknown[]]

const passedOn: ReadonlySet<string> = new Set([
  'identify',
  'logout',
  'newConversation',
  'sendMessage',
  'prefill',
  'setLanguage',
  'setAttributes',
  'track',
])

/** Listeners and functions stay on the page; everything else crosses to the frame as plain data. */
function carryOut(widget: Widget, [command, ...args]: Call): unknown {
  if (passedOn.has(command)) {
    // The page's own code may pass anything: what cannot be copied would throw inside postMessage.
    const copied: unknown = JSON.parse(JSON.stringify(args))
    widget.command(trusted<FrameCommand>({ type: 'command', name: command, args: copied }))
    return undefined
  }
  const [first, second] = args
  switch (command) {
    case 'open':
    case 'close':
      return widget.set(command === 'open')
    case 'toggle':
      return widget.toggle()
    case 'show':
    case 'hide':
      return widget.show(command === 'show')
    case 'unreadCount':
      if (typeof first === 'function') first(widget.unread())
      return widget.unread()
    case 'on':
    case 'off':
      return widget.listen(String(first), trusted<(detail: unknown) => void>(second), command === 'on')
    default:
      return undefined
  }
}

/** The global `Qiao(…)`: takes over what the page's stub collected, and keeps collecting until the chat is there. */
export function createCalls(page: Pick<Window, 'Qiao'> & { qiaoLoaded?: boolean }) {
  const first = !page.qiaoLoaded
  page.qiaoLoaded = true
  const collected: { call: Call; answer: (value: unknown) => void }[] = []
  let widget: Widget | null = null
  const stub = page.Qiao?.q ?? []
  const take = (...call: Call): Promise<unknown> => {
    if (widget) return Promise.resolve(carryOut(widget, call))
    return new Promise((answer) => collected.push({ call, answer }))
  }
  if (first) {
    page.Qiao = trusted<Qiao>(take)
    for (const call of Array.from(stub)) void take(...trusted<Call>(Array.from(call)))
  }
  return {
    first,
    serve(ready: Widget): void {
      widget = ready
      for (const { call, answer } of collected.splice(0)) answer(carryOut(ready, call))
    },
  }
}

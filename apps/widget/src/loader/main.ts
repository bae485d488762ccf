import type { WidgetConfig } from '@qiao/protocol/inbox'
import { trusted } from '../shared/trusted.ts'
import { createCalls } from './calls.ts'
import { createWidget } from './widget.ts'

/** `<script async src="…/widget.js" data-inbox="…">`, see docs/widget.md. */
const script =
  // Added by a tag manager as a module or a clone: then it is the one that names an inbox.
  document.currentScript instanceof HTMLScriptElement
    ? document.currentScript
    : document.querySelector<HTMLScriptElement>('script[data-inbox]')

async function begin(source: HTMLScriptElement): Promise<void> {
  const inbox = source.dataset['inbox']
  if (!inbox) return
  const base = new URL(source.dataset['base'] ?? source.src, location.href).origin
  const answer = await fetch(`${base}/api/client/v1/inboxes/${encodeURIComponent(inbox)}/config`, {
    credentials: 'omit',
  })
  if (!answer.ok) return
  const config = trusted<WidgetConfig>(await answer.json())
  if (document.readyState === 'loading') {
    await new Promise((done) => document.addEventListener('DOMContentLoaded', done, { once: true }))
  }
  calls.serve(createWidget(base, inbox, config, source.dataset['agent'] ?? null))
}

const calls = createCalls(window)
// Out of reach: the page works on without a chat. A second copy of the script changes nothing.
if (script && calls.first) begin(script).catch(() => undefined)

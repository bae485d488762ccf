import type { Editor } from '@tiptap/react'
import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '../i18n.ts'
import { editorWords } from './words.ts'

const withScheme = (address: string): string =>
  /^(?:https?:|mailto:|tel:)/iu.test(address)
    ? address
    : address.includes('@')
      ? `mailto:${address}`
      : `https://${address}`

export function LinkForm({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const t = useWords(editorWords)
  const [address, setAddress] = useState(() => String(editor.getAttributes('link')['href'] ?? ''))
  const had = editor.isActive('link')
  const put = (): void => {
    const href = address.trim()
    if (href === '') return
    const chain = editor.chain().focus().extendMarkRange('link')
    const { empty } = editor.state.selection
    if (empty && !had)
      chain
        .insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href: withScheme(href) } }] })
        .run()
    else chain.setLink({ href: withScheme(href) }).run()
    onDone()
  }
  const leave = (): void => {
    onDone()
    editor.commands.focus()
  }
  return (
    // No form of its own: the editor may stand within one.
    <div className="q-mailer-link" role="group" aria-label={t('tool.link')}>
      <input
        className="q-input"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was opened by a press just now
        autoFocus
        inputMode="url"
        aria-label={t('link.address')}
        placeholder="https://"
        value={address}
        onChange={(event) => setAddress(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') leave()
          else if (event.key === 'Enter' && address.trim() !== '') put()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <Button size="small" disabled={address.trim() === ''} onClick={put}>
        {t('link.put')}
      </Button>
      {had ? (
        <Button
          size="small"
          onClick={() => {
            editor.chain().focus().extendMarkRange('link').unsetLink().run()
            onDone()
          }}
        >
          {t('link.remove')}
        </Button>
      ) : null}
      <Button size="small" type="text" onClick={leave}>
        {t('link.cancel')}
      </Button>
    </div>
  )
}

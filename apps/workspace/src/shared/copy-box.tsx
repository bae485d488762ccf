import { App, Button } from 'antd'
import { useState } from 'react'
import { defineWords, useWords } from './i18n.ts'
import './page-frame.css'

const words = defineWords('copy', {
  'zh-CN': { copy: '复制', copied: '已复制', failed: '浏览器不允许复制，请手动选择文字。' },
  en: { copy: 'Copy', copied: 'Copied', failed: 'The browser does not allow copying. Select the text by hand.' },
})

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useWords(words)
  const { message } = App.useApp()
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      setTimeout(() => setCopied(false), 2000)
    } catch {
      void message.warning(t('failed'))
    }
  }
  return (
    <Button size="small" onClick={() => void copy()} aria-live="polite">
      {copied ? t('copied') : (label ?? t('copy'))}
    </Button>
  )
}

/** Code, a link or a secret, to take away. */
export function CopyBox({ text, label }: { text: string; label: string }) {
  return (
    <div className="q-code">
      <pre aria-label={label} tabIndex={-1}>
        {text}
      </pre>
      <CopyButton text={text} />
    </div>
  )
}

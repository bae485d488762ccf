import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { InsertOf } from '@qiao/protocol'
import { Button } from 'antd'
import { useRef } from 'react'
import { useWords } from '../../../../shared/i18n.ts'
import { TextField } from '../../../../shared/text-field.tsx'
import type { InsertErrors, MiniPrograms } from './check-insert.ts'
import { insertWords } from './insert-words.ts'
import { useErrorWords } from './use-error-words.ts'

interface CardFormProps {
  value: InsertOf<'card'>
  errors: InsertErrors
  pages: MiniPrograms
  onChange: (value: InsertOf<'card'>) => void
}

const most = 3

export function CardForm({ value, errors, pages, onChange }: CardFormProps) {
  const t = useWords(insertWords)
  const errorOf = useErrorWords(errors)
  const list = useRef<HTMLDivElement>(null)
  const { title, text, imageUrl, links } = value
  const put = (next: InsertOf<'card'>['links']): void => onChange({ ...value, links: next })
  const focusLink = (at: number): void =>
    void requestAnimationFrame(() => list.current?.querySelectorAll('input')[at * 2]?.focus())
  return (
    <>
      <TextField
        label={t('card.title')}
        error={errorOf('title')}
        maxLength={200}
        value={title}
        onChange={(next) => onChange({ ...value, title: next })}
      />
      <TextField
        label={t('card.text')}
        maxLength={4000}
        lines={{ first: 1, most: 4 }}
        value={text}
        onChange={(next) => onChange({ ...value, text: next })}
      />
      <TextField
        label={t('card.image')}
        hint={t('card.imageHint')}
        error={errorOf('imageUrl')}
        type="url"
        maxLength={2048}
        placeholder="https://"
        value={imageUrl}
        onChange={(next) => onChange({ ...value, imageUrl: next })}
      />
      <div ref={list} role="group" aria-label={t('card.links')} className="q-insert-group">
        {links.map((link, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- links are known by their place alone
          <div key={at} className="q-insert-row">
            <TextField
              label={t('card.label', { number: at + 1 })}
              error={errorOf(`links.${at}.label`)}
              maxLength={60}
              value={link.label}
              onChange={(label) => put(links.with(at, { ...link, label }))}
            />
            <TextField
              label={t('card.url', { number: at + 1 })}
              error={errorOf(`links.${at}.url`)}
              type="url"
              maxLength={2048}
              placeholder="https://"
              value={link.url}
              onChange={(url) => put(links.with(at, { ...link, url }))}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('card.removeLink', { number: at + 1 })}
              onClick={() => {
                put(links.toSpliced(at, 1))
                focusLink(Math.max(0, at - 1))
              }}
            />
          </div>
        ))}
      </div>
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        disabled={links.length >= most}
        onClick={() => {
          put([...links, { label: '', url: '' }])
          focusLink(links.length)
        }}
      >
        {t('card.addLink')}
      </Button>
      {pages ? (
        <div role="group" aria-label={t('card.page')} className="q-insert-row">
          {pages === 'any' ? (
            <TextField
              label={t('card.appId')}
              error={errorOf('appId')}
              maxLength={64}
              placeholder="wx…"
              value={value.appId ?? ''}
              onChange={(appId) => onChange({ ...value, appId })}
            />
          ) : null}
          <TextField
            label={t('card.path')}
            hint={t('card.pathHint')}
            error={errorOf('path')}
            maxLength={1024}
            placeholder="pages/index/index?id=1"
            value={value.path ?? ''}
            onChange={(path) => onChange({ ...value, path })}
          />
        </div>
      ) : null}
    </>
  )
}

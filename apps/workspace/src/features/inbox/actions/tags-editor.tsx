import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { tagsQuery } from '../../../shared/conversations/queries.ts'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'

interface TagsEditorProps {
  tags: readonly string[]
  onChange: (add: string[], remove: string[]) => void
}

export function TagsEditor({ tags, onChange }: TagsEditorProps) {
  const t = useWords(inboxWords)
  const known = useQuery(tagsQuery).data ?? []
  return (
    <Select
      autoFocus
      mode="tags"
      style={{ width: 280 }}
      placeholder={t('tags.hint')}
      aria-label={t('tags.edit')}
      value={[...tags]}
      options={known.map(({ tag }) => ({ value: tag, label: tag }))}
      onChange={(next: string[]) => {
        const clean = next.map((tag) => tag.trim().slice(0, 50)).filter(Boolean)
        onChange(
          clean.filter((tag) => !tags.includes(tag)),
          tags.filter((tag) => !clean.includes(tag)),
        )
      }}
    />
  )
}

import {
  AppstoreOutlined,
  CreditCardOutlined,
  EnvironmentOutlined,
  IdcardOutlined,
  PlusOutlined,
} from '@ant-design/icons'
import type { InsertDraft, InsertKind } from '@qiao/protocol'
import { Badge, Button, Dropdown } from 'antd'
import { memo } from 'react'
import { useWords } from '../../../../shared/i18n.ts'
import { Tip } from '../../../../shared/tip.tsx'
import { contentTypes, insertKinds } from './check-insert.ts'
import { insertWords } from './insert-words.ts'

const icons = {
  menu: <AppstoreOutlined />,
  card: <CreditCardOutlined />,
  place: <EnvironmentOutlined />,
  contact: <IdcardOutlined />,
}

interface InsertMenuProps {
  open: boolean
  /** What the chosen way sends as what it is; null: everything. */
  sends: readonly string[] | null
  insert: InsertDraft | null
  onOpen: (open: boolean) => void
  onChoose: (kind: InsertKind) => void
  /** Back to the words. */
  onLeave: () => void
}

/** What can be sent beside words and files, and of each whether it goes as words here. */
export const InsertMenu = memo(function InsertMenu(props: InsertMenuProps) {
  const { open, sends, insert, onOpen, onChoose, onLeave } = props
  const t = useWords(insertWords)
  const noteOf = (kind: InsertKind): string =>
    [sends === null || sends.includes(contentTypes[kind]) ? '' : t('asWords'), insert?.[kind] ? t('unfinished') : '']
      .filter(Boolean)
      .join(' · ')
  const items = insertKinds.map((kind) => ({
    key: kind,
    icon: icons[kind],
    label: (
      <span className="q-insert-item">
        {t(kind)}
        <small>{noteOf(kind)}</small>
      </span>
    ),
    onClick: () => onChoose(kind),
  }))
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    onOpen(false)
    onLeave()
  }
  const title = t(insert ? 'openDraft' : 'open')
  return (
    <Dropdown
      open={open}
      menu={{ items, onKeyDown }}
      trigger={['click']}
      placement="topLeft"
      autoFocus
      onOpenChange={onOpen}
    >
      <span>
        <Tip title={title} keys="shift+i">
          <Badge dot={insert !== null} offset={[-6, 6]}>
            <Button type="text" icon={<PlusOutlined />} aria-label={title} aria-haspopup="menu" />
          </Badge>
        </Tip>
      </span>
    </Dropdown>
  )
})

import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import type { useSidePane } from '../../../shared/use-side-pane.ts'
import { inboxWords } from '../words.ts'

interface PanelPaneProps {
  panel: ReturnType<typeof useSidePane>
  children: ReactNode
}

/** Beside the thread, or over it as a drawer that Escape, its cross and a press beside it close. */
export function PanelPane({ panel, children }: PanelPaneProps) {
  const t = useWords(inboxWords)
  if (panel.wide) {
    return panel.shown ? (
      <aside className="q-panel" aria-label={t('panel.label')}>
        {children}
      </aside>
    ) : null
  }
  return (
    <Drawer
      title={t('panel.label')}
      open={panel.shown}
      onClose={panel.toggle}
      size={380}
      styles={{ body: { padding: 0 } }}
      destroyOnHidden
    >
      {children}
    </Drawer>
  )
}

import { type MenuFault, type MenuTextLimit, menuTextLength } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { words } from './words.ts'

/** How texts of the menu are counted, said in words. */
export function useLimitWords() {
  const t = useWords(words)
  return {
    used: (text: string, { most, unit }: MenuTextLimit): string =>
      t('limit', { used: menuTextLength(text, unit), most, unit: t(`unit.${unit}`) }),
    fault: (fault: MenuFault | undefined, unit: MenuTextLimit['unit'] = 'characters'): string | null =>
      fault ? t(`fault.${fault.fault}`, { most: fault.most ?? 0, unit: t(`unit.${unit}`) }) : null,
  }
}

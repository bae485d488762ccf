import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'

export function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return <Button type="text" icon={<CloseOutlined />} aria-label={label} onClick={onClick} />
}

interface MoveProps {
  up: string
  down: string
  index: number
  count: number
  onMove: (to: number) => void
}

export function MoveButtons({ up, down, index, count, onMove }: MoveProps) {
  return (
    <>
      <Button
        type="text"
        icon={<ArrowUpOutlined />}
        aria-label={up}
        disabled={index === 0}
        onClick={() => onMove(index - 1)}
      />
      <Button
        type="text"
        icon={<ArrowDownOutlined />}
        aria-label={down}
        disabled={index === count - 1}
        onClick={() => onMove(index + 1)}
      />
    </>
  )
}

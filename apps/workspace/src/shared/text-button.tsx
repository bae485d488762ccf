import { Button } from 'antd'
import { memo } from 'react'

interface TextButtonProps {
  words: string
  danger?: boolean
  loading?: boolean
  onClick: () => void
}

/**
 * A small button without a frame. The kit's is dear to draw: with words and a handler that stay the same, this one is not
 * drawn anew with what stands beside it.
 */
export const TextButton = memo(function TextButton({ words, danger, loading, onClick }: TextButtonProps) {
  return (
    <Button size="small" type="text" danger={danger} loading={loading} onClick={onClick}>
      {words}
    </Button>
  )
})

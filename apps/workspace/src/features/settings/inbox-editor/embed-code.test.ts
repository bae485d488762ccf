import { describe, expect, it } from 'vitest'
import { chatLink, embedCode } from './embed-code.ts'

describe('embedCode', () => {
  it('is the one line that a site needs', () => {
    expect(embedCode('https://qiao.example/', 'shop-1')).toBe(
      '<script async src="https://qiao.example/widget.js" data-inbox="shop-1"></script>',
    )
  })
  it('cannot be broken out of', () => {
    const code = embedCode('https://qiao.example', '"><img src=x onerror=alert(1)>')
    expect(code).not.toContain('<img')
    expect(code.match(/</g)).toHaveLength(2)
  })
})

describe('chatLink', () => {
  it('keeps the key one path segment', () => {
    expect(chatLink('https://qiao.example', 'a/b?c')).toBe('https://qiao.example/chat/a%2Fb%3Fc')
  })
})

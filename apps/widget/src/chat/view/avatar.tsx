interface AvatarProps {
  name: string
  url: string | null
  size?: 'small' | 'large'
}

const initial = (name: string): string => (Array.from(name.trim())[0] ?? '·').toLocaleUpperCase()

/** A face, or the first letter where there is none. The name stands beside it in words, so it is hidden from readers. */
export const Avatar = ({ name, url, size }: AvatarProps) => (
  <span class={`avatar ${size ?? ''}`} aria-hidden="true">
    {url ? <img src={url} alt="" referrerpolicy="no-referrer" /> : initial(name)}
  </span>
)

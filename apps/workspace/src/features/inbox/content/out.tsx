/** A link that leads away. */
export const Out = ({ url, label }: { url: string; label: string }) => (
  <a className="q-card-link" href={url} target="_blank" rel="noopener noreferrer nofollow">
    {label}
  </a>
)

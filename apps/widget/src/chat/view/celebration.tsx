import { celebrating } from '../store.ts'

const drops = Array.from({ length: 18 }, (_, at) => at)

/** Decoration only: out of reach, nothing is missed. */
export const Celebration = () => (
  <div class="rain" aria-hidden="true">
    {drops.map((at) => (
      <span key={at} style={{ insetInlineStart: `${(at * 37) % 100}%`, animationDelay: `${(at % 6) * 120}ms` }}>
        {celebrating.value}
      </span>
    ))}
  </div>
)

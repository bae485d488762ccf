/** What was asked, and what was answered. */
export const FieldList = ({ rows }: { rows: [string, string][] }) => (
  <dl className="q-fields">
    {rows.map(([label, value]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value || '–'}</dd>
      </div>
    ))}
  </dl>
)

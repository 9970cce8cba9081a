import type { Entity, Row, Value } from '../api/types'
import { rowKey } from '../live/rows'

/** One entity: its count and its last rows with all of its columns. */
export function EntityCard({ entity, rows, count }: { entity: Entity; rows: Row[]; count: number | null }) {
  return (
    <section
      aria-labelledby={`entity-${entity.name}`}
      className="rounded-lg border border-slate-200 bg-white shadow-sm dark:border-slate-800 dark:bg-slate-900"
    >
      <header className="flex flex-wrap items-baseline gap-x-3 border-b border-slate-200 px-4 py-3 dark:border-slate-800">
        <h2 id={`entity-${entity.name}`} className="text-lg font-semibold">
          {entity.name}
        </h2>
        <span className="text-sm text-slate-600 dark:text-slate-400">{entity.description}</span>
        <span className="ml-auto text-sm tabular-nums">
          {count === null ? 'no table' : `${count.toLocaleString('en')} rows`}
        </span>
      </header>
      {rows.length === 0 ? (
        <p className="px-4 py-6 text-sm text-slate-600 dark:text-slate-400">No rows yet.</p>
      ) : (
        <Table columns={entity.columns} rows={rows} name={entity.name} />
      )}
    </section>
  )
}

function Table({ columns, rows, name }: { columns: string[]; rows: Row[]; name: string }) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={`Last rows of ${name}`}>
      <table className="w-full text-left text-sm whitespace-nowrap">
        <thead className="text-slate-600 dark:text-slate-400">
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className="px-4 py-2 font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-t border-slate-100 dark:border-slate-800">
              {columns.map((column) => (
                <td key={column} className="max-w-80 truncate px-4 py-1.5 tabular-nums" title={show(row[column])}>
                  {show(row[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A value as text; null is a dash. */
function show(value: Value | undefined): string {
  if (value === null || value === undefined) {
    return '–'
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

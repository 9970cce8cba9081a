import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { fetchJson } from './api/fetchJson'
import type { Entity } from './api/types'
import { ConnectionDot } from './components/ConnectionDot'
import { EntityCard } from './components/EntityCard'
import { ErrorBanner } from './components/ErrorBanner'
import { useLiveFeed } from './live/useLiveFeed'

const ROWS_PER_CARD = 10

/** The overview: the connection, totals, and a card per entity with its last rows. */
export function App() {
  const { rows, stats, catalog, connection } = useLiveFeed(ROWS_PER_CARD)
  const entities = useQuery({
    queryKey: ['entities', connection.state, catalog?.catalog],
    queryFn: () => fetchJson<Entity[]>('/api/entities'),
    retry: true,
    placeholderData: keepPreviousData,
  })
  const stored = entities.data?.filter((entity) => entity.table !== null) ?? []
  return (
    <>
      {connection.state === 'reconnecting' && (
        <ErrorBanner message="The engine does not answer; the rows below may be old. Trying again." />
      )}
      {catalog?.issues && (
        <ErrorBanner
          message="Changed entity files are not in force; the old ones are, and nothing is lost."
          details={catalog.issues}
        />
      )}
      <header className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-slate-200 px-6 py-4 dark:border-slate-800">
        <h1 className="text-xl font-bold">nomnom</h1>
        <ConnectionDot connection={connection} />
        {stats && (
          <p className="ml-auto text-sm tabular-nums">
            {stats.pending ?? '–'} pending · {stats.dead_letters ?? '–'} dead letters
          </p>
        )}
      </header>
      <main className="grid grid-cols-[minmax(0,1fr)] gap-6 p-6">
        {entities.isPending && <p role="status">Loading …</p>}
        {stored.map((entity) => (
          <EntityCard
            key={entity.name}
            entity={entity}
            rows={rows[entity.name] ?? []}
            count={stats?.entities[entity.name] ?? entity.count}
          />
        ))}
      </main>
    </>
  )
}

import type { Connection } from '../live/useLiveFeed'

/** Green while live, red while reconnecting; says so in words too. */
export function ConnectionDot({ connection }: { connection: Connection }) {
  const live = connection.state === 'live'
  const words =
    connection.state === 'reconnecting'
      ? `Reconnecting (attempt ${connection.attempt})`
      : live
        ? 'Connected'
        : 'Connecting'
  return (
    <span role="status" className="flex items-center gap-2 text-sm">
      <span aria-hidden className={`size-3 rounded-full ${live ? 'bg-emerald-500' : 'bg-red-500'}`} />
      {words}
    </span>
  )
}

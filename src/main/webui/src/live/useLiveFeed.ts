import { useEffect, useState } from 'react'
import type { Catalog, LiveMessage, Stats } from '../api/types'
import { parseExact } from '../lib/json'
import { applyMessage, type RowsByEntity } from './rows'

export type Connection = { state: 'connecting' } | { state: 'live' } | { state: 'reconnecting'; attempt: number }

const SHORTEST_MS = 500
const LONGEST_MS = 10_000

/** The WebSocket feed: rows and stats as they come; reconnects with growing waits. */
export function useLiveFeed(limit: number) {
  const [rows, setRows] = useState<RowsByEntity>({})
  const [stats, setStats] = useState<Stats | null>(null)
  const [catalog, setCatalog] = useState<Catalog | null>(null)
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' })

  useEffect(() => {
    let socket: WebSocket | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let attempt = 0
    let ended = false

    const connect = () => {
      const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
      socket = new WebSocket(`${scheme}://${location.host}/ws`)
      socket.addEventListener('open', () => {
        attempt = 0
        setConnection({ state: 'live' })
      })
      socket.addEventListener('message', (event: MessageEvent<string>) => {
        const message = parseExact(event.data) as LiveMessage
        if (message.type === 'stats') {
          setStats(message.stats)
        } else if (message.type === 'catalog') {
          setCatalog(message)
        } else {
          setRows((before) => applyMessage(before, message, limit))
        }
      })
      socket.addEventListener('close', () => {
        if (!ended) {
          attempt += 1
          setConnection({ state: 'reconnecting', attempt })
          timer = setTimeout(connect, Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(attempt, 5)))
        }
      })
    }

    connect()
    return () => {
      ended = true
      clearTimeout(timer)
      socket?.close()
    }
  }, [limit])

  return { rows, stats, catalog, connection }
}

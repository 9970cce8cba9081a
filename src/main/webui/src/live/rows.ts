import type { LiveMessage, Row } from '../api/types'

/** The last rows of each entity, newest first. */
export type RowsByEntity = Record<string, Row[]>

/** What identifies a row: its generated key, else all of its values. */
export function rowKey(row: Row): string {
  return row['id'] === undefined ? JSON.stringify(row) : String(row['id'])
}

/** The rows after a message: a snapshot replaces, rows are put in front, an updated row moves up. */
export function applyMessage(rows: RowsByEntity, message: LiveMessage, limit: number): RowsByEntity {
  switch (message.type) {
    case 'snapshot':
      return { ...rows, [message.entity]: message.rows.slice(0, limit) }
    case 'rows': {
      const fresh = [...message.rows].reverse()
      const keys = new Set(fresh.map(rowKey))
      const kept = (rows[message.entity] ?? []).filter((row) => !keys.has(rowKey(row)))
      return { ...rows, [message.entity]: [...fresh, ...kept].slice(0, limit) }
    }
    case 'stats':
    case 'catalog':
      return rows
  }
}

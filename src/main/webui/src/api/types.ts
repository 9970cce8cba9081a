/** What the dashboard's REST and WebSocket interfaces say; docs/reference/dashboard.md. */

export interface Field {
  name: string
  type: string
  nullable: boolean
  doc: string
}

export interface Entity {
  name: string
  type: 'root' | 'derived' | 'reference'
  table: string | null
  description: string
  fields: Field[]
  columns: string[]
  count: number | null
}

/** Numbers keep their digits as text; see lib/json.ts. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }
export type Row = Record<string, Value>

export interface Stats {
  entities: Record<string, number>
  statuses: Record<string, Record<string, number>>
  pending: number | null
  dead_letters: number | null
}

/** The entity files in force, and why changed ones are not; empty where they are. */
export interface Catalog {
  catalog: string
  issues: string
}

export type LiveMessage =
  | { type: 'snapshot'; entity: string; rows: Row[] }
  | { type: 'rows'; entity: string; rows: Row[] }
  | { type: 'stats'; stats: Stats }
  | ({ type: 'catalog' } & Catalog)

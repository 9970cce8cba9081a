import { parseExact } from '../lib/json'

/** The one way to read from the engine; a failure says what was asked and what came back. */
export async function fetchJson<T>(path: string): Promise<T> {
  const response = await fetch(path, { headers: { accept: 'application/json' } })
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status} ${response.statusText}`)
  }
  return parseExact(await response.text()) as T
}

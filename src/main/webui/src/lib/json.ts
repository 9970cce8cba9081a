/**
 * JSON.parse that keeps the digits of numbers which a double cannot hold: such a number comes as the
 * text that the engine sent. Integers and decimals that survive the round trip stay numbers.
 */
export function parseExact(text: string): unknown {
  return JSON.parse(text, function (_key, value: unknown, context?: { source?: string }) {
    if (typeof value === 'number' && context?.source !== undefined && String(value) !== context.source) {
      return context.source
    }
    return value
  } as (this: unknown, key: string, value: unknown) => unknown)
}

import { expect, test } from 'vitest'
import { parseExact } from './json'

test('plain values are as JSON.parse gives them', () => {
  expect(parseExact('{"a":1,"b":"x","c":null,"d":[true,1.5]}')).toEqual({ a: 1, b: 'x', c: null, d: [true, 1.5] })
})

test('a broken text is an error', () => {
  expect(() => parseExact('{')).toThrow()
})

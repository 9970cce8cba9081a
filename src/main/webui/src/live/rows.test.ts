import { expect, test } from 'vitest'
import { applyMessage } from './rows'

test('a snapshot replaces what was shown', () => {
  const rows = applyMessage({ Order: [{ id: 1 }] }, { type: 'snapshot', entity: 'Order', rows: [{ id: 3 }, { id: 2 }] }, 10)
  expect(rows).toEqual({ Order: [{ id: 3 }, { id: 2 }] })
})

test('new rows come first, the newest on top, and the list stays short', () => {
  const rows = applyMessage({ Order: [{ id: 1 }] }, { type: 'rows', entity: 'Order', rows: [{ id: 2 }, { id: 3 }] }, 2)
  expect(rows).toEqual({ Order: [{ id: 3 }, { id: 2 }] })
})

test('an updated row moves up and is shown once', () => {
  const before = { Order: [{ id: 2, total: 1 }, { id: 1, total: 1 }] }
  const rows = applyMessage(before, { type: 'rows', entity: 'Order', rows: [{ id: 1, total: 9 }] }, 10)
  expect(rows).toEqual({ Order: [{ id: 1, total: 9 }, { id: 2, total: 1 }] })
})

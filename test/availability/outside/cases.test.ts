import { readFileSync } from 'node:fs'
import t from 'tap'
import { busyIn, handMade } from '../../support/outside-cases.ts'

const folder = new URL('../../data/import-cases/', import.meta.url)
const given: Record<string, { exp: [string, string][] | null }> = JSON.parse(
  readFileSync(new URL('expected.json', folder), 'utf8')
)

for (const [name, { exp }] of Object.entries(given))
  t.test(exp ? `${name} is read exactly` : `${name} is survived`, async t => {
    const text = readFileSync(new URL(`${name}.ics`, folder), 'utf8')
    const { busy } = busyIn(text)
    if (exp) t.same(busy, exp)
    else t.ok(busy.length <= 5000)
  })

for (const [name, { lines, wrap, busy, skipped = 0 }] of Object.entries(handMade))
  t.test(name, async t => {
    const text = [
      'BEGIN:VCALENDAR',
      ...(wrap ? lines : ['BEGIN:VEVENT', 'UID:u@x', ...lines, 'END:VEVENT']),
      'END:VCALENDAR'
    ]
    t.same(busyIn(text.join('\r\n')), { busy, skipped })
  })

import { DateTime } from 'luxon'
import t from 'tap'
import { addToCalendarLinks } from '../../src/calendars/add-links.ts'

t.test('the addresses carry the title and the time, and nothing else', async t => {
  const start = DateTime.fromISO('2027-03-02T10:00:00-05:00')
  const links = addToCalendarLinks({ title: 'My & own\nwords', start, end: start.plus({ minutes: 80 }) })
  t.strictSame(Object.fromEntries(new URL(links.google).searchParams), {
    action: 'TEMPLATE',
    text: 'My & own words',
    dates: '20270302T150000Z/20270302T162000Z'
  })
  for (const address of [links.outlook, links.office365])
    t.strictSame(Object.fromEntries(new URL(address).searchParams), {
      path: '/calendar/action/compose',
      rru: 'addevent',
      subject: 'My & own words',
      startdt: '2027-03-02T15:00:00Z',
      enddt: '2027-03-02T16:20:00Z'
    })
  t.notMatch(Object.values(links).join(' '), '+')
})

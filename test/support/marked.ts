import type { BookedView } from '../../src/bookings/schema.ts'
import { timesOf } from '../../src/bookings/times-of.ts'
import { saveCalendarTitle } from '../../src/identity/calendar-title.ts'
import { staffPassword } from './database.ts'
import type { open } from './open.ts'

type House = Awaited<ReturnType<typeof open>>

/** A person whose every word is unmistakable. */
export const marked = {
  name: 'Zzyzx Quixote',
  email: 'zzyzx.mail@zzyzx-host.example',
  phone: '+1 987 555 4321',
  zone: 'America/New_York'
}

/** What that person's own calendar entries say. */
export const markedTitle = 'Zzyzx lessons'

/** Starts on free days of the demo practice. */
const starts = [9, 10, 11, 16].map(day => `2027-02-${String(day).padStart(2, '0')}T15:00:00Z`)

/**
 * What happens to people here: a booking that is paid, one that is let go, a free call with its code, mails with their
 * links, and staff at work. @returns every secret and every personal word that came up
 */
export async function liveThrough(house: House): Promise<string[]> {
  const { request, gateway, work, mails } = house
  const book = async (start = '', sessionType = 'couples') =>
    (await house.book({ start, sessionType, person: marked })).json()
  const paid = await book(starts[0])
  const [checkout] = gateway.checkouts.values()
  gateway.pay(checkout?.id ?? '')
  await request('GET', `/x/${checkout?.id.replace('cs_', '')}`)
  await work()
  const feed = await chooseOwnWords(house, paid)
  const gone = await book(starts[1])
  await request('POST', `/api/bookings/${gone.id}/release`, undefined, gone.token)
  const call = await book(starts[2], 'consultation')
  await work()
  const code = /\b(\d{8})\b/.exec(mails.find(({ text }) => /\b\d{8}\b/.test(text))?.text ?? '')?.[1] ?? ''
  await request('POST', `/api/bookings/${call.id}/confirmation`, { code: '12345670' }, call.token)
  await request('POST', `/api/bookings/${call.id}/confirmation`, { code }, call.token)
  await work()
  const mailed = mails.flatMap(({ text }) => [...text.matchAll(/\/b\/([\w-]{43})\b/g)].map(([, token = '']) => token))
  for (const token of new Set(mailed)) await request('GET', `/b/${token}`)
  const signedIn = (
    await request('POST', '/api/sessions', { email: 'jessica@example.com', password: staffPassword })
  ).json()
  await request('GET', '/api/bookings', undefined, signedIn.accessToken)
  const refreshed = (await request('POST', '/api/sessions/refresh', { refreshToken: signedIn.refreshToken })).json()
  const tokens = [paid.token, gone.token, call.token, ...mailed]
  const staff = [signedIn, refreshed].flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken])
  return [feed, markedTitle, ...tokens, code, ...staff, staffPassword, marked.name, marked.email, marked.phone]
}

/** Own words for calendar entries, plain ones for mails: seen in a feed, and in the mail on a move. @returns the feed's token */
async function chooseOwnWords({ client, db, deps, scope, request, work }: House, paid: BookedView): Promise<string> {
  const [booking] = await client<{ person: string }[]>`select booker_id as person from bookings where id = ${paid.id}`
  const person = booking?.person ?? ''
  await db.transaction(tx => saveCalendarTitle(deps, tx, scope, person, markedTitle))
  await client`update people set wording = 'plain' where id = ${person}`
  const { url } = (await request('POST', '/api/me/feeds', undefined, paid.token)).json()
  const { pathname } = new URL(url)
  const fetched = await request('GET', pathname)
  const start = '2027-02-17T15:00:00Z'
  const [first] = timesOf(paid.appointments)
  const moved = await request('POST', `/api/appointments/${first?.id}/move`, { start }, paid.token)
  if (!fetched.body.includes(markedTitle) || moved.statusCode !== 200) throw new Error('The own words did not come up')
  await work()
  return pathname.replace('/calendars/', '').replace('.ics', '')
}

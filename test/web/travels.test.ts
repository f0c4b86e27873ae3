import t from 'tap'
import { staffPassword } from '../support/database.ts'
import { open } from '../support/open.ts'
import { visitor } from './visitor.ts'

t.test(
  'days in another zone are added, told in words and removed on their page; what overlaps is told there',
  async t => {
    const { app, client } = await open(t)
    const browser = visitor(app)
    await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
    const away = { therapist: 'jessica', zone: 'Asia/Tokyo', firstDay: '2027-02-15', lastDay: '2027-02-17' }
    const form = { ...away, keeps: 'local', videoOnly: 'yes' }
    t.match(await browser.post('/console/travels', form), { statusCode: 303 })
    const { body } = await browser.get('/console/travels')
    t.match(body, 'Mon 15 Feb – Wed 17 Feb · Tokyo time · hours by Tokyo time · by video only')
    const twice = await browser.post('/console/travels', { ...form, lastDay: '2027-02-15' })
    t.equal(twice.statusCode, 409)
    t.match(twice.body, 'There is another travel on these days')
    const wrong = await browser.post('/console/travels', { ...form, firstDay: '', keeps: 'home' })
    t.equal(wrong.statusCode, 422)
    t.match(wrong.body, 'href="#firstDay"')
    const empty = (await browser.post('/console/travels', { ...form, firstDay: '', lastDay: '' })).body
    for (const words of ['Say the first day there', 'Say the last day there']) t.match(empty, words)
    t.notMatch(empty, /at most a year|YYYY|1970/, 'what is missing is not told as what is wrong')
    t.match(wrong.body, /id="keeps-home"[^>]*checked/)
    const [, removal = ''] = /action="(\/console\/travels\/[^"]+\/removal)"/.exec(body) ?? []
    t.match(await browser.post(removal, { therapist: 'jessica' }), { statusCode: 303 })
    t.same(await client`select 1 from travels`, [])
  }
)

t.test(
  'what is booked and not possible there is shown after a travel is added, and moved or cancelled from its page',
  async t => {
    const { app, client, confirmed, work } = await open(t)
    const { id, appointment } = await confirmed({ sessionType: 'individual', start: '2027-02-16T15:00:00Z' })
    const browser = visitor(app)
    await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
    const away = { therapist: 'jessica', zone: 'Asia/Tokyo', firstDay: '2027-02-15', lastDay: '2027-02-17' }
    const { headers } = await browser.post('/console/travels', { ...away, keeps: 'home', videoOnly: 'yes' })
    const [page = ''] = String(headers.location).split('?')
    t.match(page, /^\/console\/travels\/[^/]+$/)
    const { body } = await browser.get(String(headers.location))
    for (const words of ['Booked, and not possible there', 'Tue 16 Feb', 'Ask them about']) t.match(body, words)
    const left = await browser.post(`${page}/changes`, { therapist: 'jessica', [`choice-${appointment}`]: 'keep' })
    t.match(left.headers.location, '/console/travels?therapist=jessica')
    const done = await browser.post(`${page}/changes`, { therapist: 'jessica', [`choice-${appointment}`]: 'cancel' })
    t.match(done.headers.location, '/console/time-off/changes/')
    await work()
    t.match((await browser.get(String(done.headers.location))).body, 'Cancelled')
    t.match(await client`select state from bookings where id = ${id}`, [{ state: 'cancelled' }])
    t.match((await browser.get(page)).body, 'Whatever is booked on these days can take place')
  }
)

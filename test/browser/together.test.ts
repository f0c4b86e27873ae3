import t from 'tap'
import { openBrowser, openPerson, type Person, untroubled } from '../support/browser.ts'
import { type House, startHouse } from '../support/house.ts'
import { cards, chooseTime, payBy, seeConfirmed, telling } from '../support/journey.ts'
import {
  agree,
  beginAlone,
  bookCall,
  readReply,
  sayToTherapist,
  sayYes,
  signInFirst,
  subscribe
} from '../support/journey-together.ts'

const browser = await openBrowser()
const reply = 'Nobody will ask you to defend yourself.'
const ada = { name: 'Ada', email: 'ada@example.com' }
const bo = { name: 'Bo', email: 'bo@example.com' }

for (const { device, javaScript } of [
  { device: 'phone', javaScript: true },
  { device: 'desktop', javaScript: false }
] as const)
  t.test(
    `one begins alone; the other speaks with the therapist alone; they start together, and one leaves, on a ${device}, ${javaScript ? 'with' : 'without'} JavaScript`,
    { timeout: 600_000 },
    async t => {
      const house = await startHouse(t)
      const story = `together-${device}`
      const manner = { origin: house.origin, device, javaScriptEnabled: javaScript }
      const a = await openPerson(t, browser, { ...manner, story: `${story}-a` })
      const b = await openPerson(t, browser, { ...manner, story: `${story}-b` })
      const therapist = await openPerson(t, browser, { ...manner, story: `${story}-therapist` })

      const link = await beginAlone(a, '2027-02-09', ada)
      const shared = await a.page.locator('main').textContent()
      const words = await sayToTherapist(b, link, 'It would be about what I did.')
      await workAs(therapist, house)
      await answerIn(therapist)
      await readReply(b, words, reply)
      await bookCall(b, house, link, bo)
      await a.page.reload()
      t.equal(await a.page.locator('main').textContent(), shared, 'who invited sees nothing of it')

      await signInFirst(a, house, ada.email)
      await signInFirst(b, house, bo.email)
      await sayYes(a, 'Bo')
      const said = await a.page.locator('main').textContent()
      await sayYes(b, 'Ada', link)
      await a.page.reload()
      t.equal(await a.page.locator('main').textContent(), said, 'the other’s yes changes nothing on one’s own page')
      await putTogether(therapist)
      const read = [await agree(a), await agree(b)]
      t.match(
        read[0],
        /the therapist decides with you what has to be shared/,
        'the practice’s own choices are read first'
      )
      t.equal(read[0], read[1], 'both read the same')
      for (const { page, note, open } of [a, b]) {
        await open('/me/start')
        await page.getByText('Some appointments are confirmed personally.').waitFor()
        await note('begun')
      }

      await suggest(a)
      await accept(b, house)
      await therapist.open('/console?week=2027-02-10')
      await therapist.note('asked')
      const yes = therapist.page.getByRole('button', { name: 'Accept' }).first()
      await therapist.press(yes)
      await yes.waitFor({ state: 'detached' })
      await a.open('/me')
      await a.press(a.page.getByRole('link', { name: /^Open ?: Wed 10 Feb/ }))
      await a.press(a.page.getByRole('button', { name: 'Continue to payment' }))
      await payBy(a, cards.pays)
      await seeConfirmed(a)
      await a.note('joint')
      await house.mail(bo.email, /is confirmed: Wed 10 Feb/)
      const feeds = { a: await subscribe(a), b: await subscribe(b) }
      t.same(
        [starts(await feeds.a()), starts(await feeds.b())],
        [
          ['0209', '0210'],
          ['0210', '0210']
        ]
      )

      await leave(b)
      const { text } = await house.mail(ada.email, /will not take place/)
      t.notMatch(text.replace(/https?:\S+/g, ''), /Bo\b|left|ended|as you asked|together|couple/)
      await a.open('/me')
      await a.page.getByText('did not take place').waitFor()
      await a.note('after')
      t.notMatch(await a.page.locator('main').textContent(), /\bBo\b|left|ended/, 'that, and not who or why')
      await a.open('/me/start')
      await a.note('after-together')
      t.notMatch(await a.page.locator('main').textContent(), /The two of you|Since/)
      t.same([starts(await feeds.a()), starts(await feeds.b())], [['0209'], ['0210']], 'each keeps their own')
      await b.open('/me')
      await b.page.getByRole('link', { name: /^Change the time/ }).waitFor()
      await b.note('after')

      const seen = [...a.noted().filter(({ step }) => !['day', 'details'].includes(step)), ...b.noted()]
      for (const { title, path } of seen) {
        t.match(title, /^(Appointment|A private page|Payment)$/)
        t.notMatch(path, telling)
      }
      untroubled(t, a, b, therapist)
    }
  )

async function workAs({ page, open, type, press }: Person, { staff }: House): Promise<void> {
  await open('/console/sign-in')
  await type('E-mail', staff.email)
  await type('Password', staff.password)
  await press(page.getByRole('button', { name: 'Sign in' }))
  await page.getByRole('link', { name: 'The week after' }).waitFor()
}

async function answerIn({ page, open, press, note }: Person): Promise<void> {
  await open('/console/inbox')
  await note('inbox')
  await page.getByLabel('Reply').first().fill(reply)
  await press(page.getByRole('button', { name: 'Send the reply' }).first())
  await page.getByText(reply).first().waitFor()
}

/** The therapist has spoken with each, ticks the two yeses and asks both. */
async function putTogether({ page, open, press, tick, note }: Person): Promise<void> {
  await open('/console/beginnings')
  for (const yes of await page.locator('input[name=yes]').all()) await yes.check()
  await tick('I have spoken with each of the two, alone')
  await note('beginnings')
  await press(page.getByRole('button', { name: 'Ask both to begin together' }))
  await page.getByRole('heading', { name: 'Asked to begin together' }).waitFor()
  await note('beginnings-asked')
}

async function suggest(person: Person): Promise<void> {
  const { page, press, tick, note } = person
  await person.open('/sessions/couples/times?month=2027-02&day=2027-02-10')
  await chooseTime(person, '2027-02-10')
  await tick('I have read this and agree to it')
  await press(page.getByRole('button', { name: 'Suggest this time' }))
  await page.getByRole('heading', { name: 'We are keeping this time for you' }).waitFor()
  await note('suggested')
}

async function accept({ page, open, press, note }: Person, house: House): Promise<void> {
  await house.mail(bo.email, /a time was suggested/i)
  await open('/me')
  await note('asked-home')
  await press(
    page.getByRole('listitem').filter({ hasText: 'a time was suggested' }).getByRole('link', { name: /^Open/ })
  )
  await note('asked')
  await page.getByRole('heading', { name: 'A time was suggested' }).waitFor()
  await press(page.getByRole('button', { name: 'Accept' }))
  await page.getByRole('heading', { name: 'We are keeping this time for you' }).waitFor()
  await note('accepted')
}

async function leave({ page, open, press, note }: Person): Promise<void> {
  await open('/me/start')
  await press(page.getByRole('link', { name: 'End this' }))
  await page.getByRole('heading', { name: 'End this?' }).waitFor()
  await page.getByText('These joint appointments will not take place').waitFor()
  await note('end')
  await press(page.getByRole('button', { name: 'End it' }))
  await page.getByRole('heading', { name: 'This has ended' }).waitFor()
  await note('ended')
}

/** The days, as month and day, of what a calendar holds and does not say to be cancelled. */
function starts(ics: string): string[] {
  return [...ics.matchAll(/BEGIN:VEVENT[\s\S]*?END:VEVENT/g)]
    .map(([entry]) => entry)
    .filter(entry => !entry.includes('STATUS:CANCELLED'))
    .map(entry => /DTSTART[^:]*:2027(\d{4})/.exec(entry)?.[1] ?? '')
    .sort()
}

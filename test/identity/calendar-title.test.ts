import t from 'tap'
import { CalendarTitle, saveCalendarTitle } from '../../src/identity/calendar-title.ts'
import { addPerson, readPerson } from '../../src/identity/people.ts'
import { openIdentity } from '../support/identity.ts'

t.test('a title of one’s own is one line of 1 to 60 characters that says something', async t => {
  for (const [typed, kept] of [
    [' Dentist ', 'Dentist'],
    ['7', '7'],
    ['Zoe\u0308', 'Zo\u00eb'],
    ['李先生 & co; "A, B"', '李先生 & co; "A, B"'],
    ['👩‍🚀', '👩‍🚀'],
    ['𝒳'.repeat(60), '𝒳'.repeat(60)]
  ] as const)
    t.equal(CalendarTitle.parse(typed), kept)
  for (const wrong of [
    '',
    '   ',
    '\u200b',
    'x'.repeat(61),
    'a\nb',
    'a\r\nEND:VEVENT',
    'a\u2028b',
    'a\u2029b',
    'a\u0000b',
    'a\u0085b',
    'a\u202egnp',
    'a\u2066b',
    'a\ud83d'
  ])
    t.notOk(CalendarTitle.safeParse(wrong).success, Buffer.from(wrong, 'utf16le').toString('hex'))
})

t.test('it is kept sealed for its person alone, and can be taken back', async t => {
  const { deps, scope, db, client } = await openIdentity(t)
  const add = () =>
    db.transaction(tx => addPerson(deps, tx, scope, { name: 'Jo', email: 'jo@example.com', zone: 'UTC' }))
  const [one, two] = [await add(), await add()]
  const save = (title: string | null) => db.transaction(tx => saveCalendarTitle(deps, tx, scope, one, title))
  const read = async (id: string) => (await readPerson(deps, db, scope, id)).calendarTitle
  await save('Piano lesson')
  t.same([await read(one), await read(two)], ['Piano lesson', null])
  const [row] = await client<{ text: string }[]>`select people::text as text from people where id = ${one}`
  t.notMatch(row?.text, new RegExp(`piano|${Buffer.from('Piano').toString('hex')}`, 'i'))
  await client`update people set calendar_title = (select calendar_title from people where id = ${one}) where id = ${two}`
  await t.rejects(read(two), /authenticate/)
  await save(null)
  t.equal(await read(one), null)
  await save('Piano lesson')
  const keyless = client`update people set data_key = null, name = null where id = ${one}`
  await t.rejects(keyless, /people_erased_has_no_title/, 'with the key the title goes')
})

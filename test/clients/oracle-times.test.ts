import t from 'tap'
import { someone } from '../support/open.ts'
import { areaUnder, compareTimes, unlimited as limits } from '../support/oracles.ts'
import { answers, openInvited } from '../support/partners.ts'

t.test('what differs is told apart by this measure, and what does not is not', async t => {
  t.equal(areaUnder([3, 4, 5], [1, 2]), 1)
  t.equal(areaUnder([1, 2], [3, 4, 5]), 0)
  t.equal(areaUnder([1, 2, 3], [1, 2, 3]), 0.5)
  t.equal(areaUnder([1, 1], [1, 1]), 0.5)
})

t.test('the time of an enquiry does not tell whether its address is known', async t => {
  const { request, signInPerson } = await openInvited(t, { limits })
  await signInPerson(someone.email)
  const ask = (address: string) => ({ ask: () => request('POST', '/api/enquiries', { words: 'A question', address }) })
  await compareTimes(
    t,
    'enquiry',
    async () => ask(someone.email),
    async turn => ask(`n${turn}@example.com`)
  )
})

t.test('the time of a refused return does not tell whether its words ever were', async t => {
  const { request, answer, client } = await openInvited(t, { limits })
  const { returnWords } = (await answer(answers.question)).json()
  await client`update partner_answers set kept = false`
  const open = (words: string) => ({ ask: () => request('POST', '/api/returns', { words }) })
  await compareTimes(
    t,
    'return',
    async () => open(returnWords),
    async () => open('abacus abdomen abide ablaze able')
  )
})

t.test('the time of a link that opens nothing does not tell whether it ever was', async t => {
  const { request, token, made, booked } = await openInvited(t, { limits })
  await request('DELETE', `/api/partner-invitations/${made.json().id}`, undefined, booked.token)
  const look = (one: string) => ({ ask: () => request('GET', `/api/partner-invitations/${one}`) })
  await compareTimes(
    t,
    'link',
    async () => look(token),
    async () => look('a'.repeat(43))
  )
})

t.test('the time of an answer does not tell whether it was one too many', async t => {
  const { answer, client } = await openInvited(t, { limits })
  const say = (given: number) => async () => {
    await client`update partner_invitations set answers = ${given}`
    return { ask: () => answer(answers.question) }
  }
  await compareTimes(t, 'answer', say(10), say(0))
})

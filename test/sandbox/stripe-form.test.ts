import t from 'tap'
import { readForm } from '../../src/sandbox/stripe-form.ts'
import { StripeRefusal } from '../../src/sandbox/stripe-refusal.ts'

t.test('brackets nest and numbers make lists', async t => {
  const form = readForm('a=1&b[c]=2&d[0][e]=3&d[0][f][g]=4&d[1][e]=%5B5%5D&h[]=6&h[]=7')
  t.same(form, { a: '1', b: { c: '2' }, d: [{ e: '3', f: { g: '4' } }, { e: '[5]' }], h: ['6', '7'] })
  t.same(readForm('metadata%5Ba%20b%5D=x%26y'), { metadata: { 'a b': 'x&y' } })
  t.same(readForm(''), {})
})

t.test('a name that is not well formed is refused, and no name reaches the prototype', async t => {
  for (const body of ['a[b=1', 'a]=1', '[a]=1', 'a=1&a=2', 'a=1&a[b]=2', 'a[b]c=1'])
    t.throws(() => readForm(body), StripeRefusal, body)
  const form = readForm('__proto__[polluted]=yes')
  t.equal(Reflect.get({}, 'polluted'), undefined)
  t.same(Object.keys(form), ['__proto__'])
})

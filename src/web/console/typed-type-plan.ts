import { type Form, oneOf } from './care-form.ts'
import { bandFields, type SegmentDraft, segmentFields, singleFields, type TypeDraft } from './type-plan-draft.ts'

/** The form as it was typed, with a row more or less where somebody asked for that. */
export function typedDraft(form: Form): TypeDraft {
  return {
    given: Object.fromEntries(singleFields.map(name => [name, oneOf(form, name)]).filter(([, text]) => text !== '')),
    segments: rowsOf(form, 'seg', segmentFields, freshSegment),
    bands: rowsOf(form, 'band', bandFields, { notice: '0', unit: 'hours', keep: '100', of: 'price' })
  }
}

const freshSegment: SegmentDraft = {
  when: 'day',
  day: '1',
  at: '',
  minutes: '50',
  who: 'both',
  min: '',
  max: '',
  optional: '',
  price: ''
}

function rowsOf<Name extends string>(
  form: Form,
  kind: 'seg' | 'band',
  names: readonly Name[],
  fresh: Record<Name, string>
): Record<Name, string>[] {
  const [what, which] = oneOf(form, 'do').split(' ')
  const rows: Record<Name, string>[] = []
  for (let index = 0; index < mostRows && `${kind}-${index}-${names[0]}` in form; index++)
    if (`${what} ${which}` !== `remove ${kind}-${index}`) {
      const row = { ...fresh }
      for (const name of names) row[name] = oneOf(form, `${kind}-${index}-${name}`)
      rows.push(row)
    }
  return what === 'add' && which === kind ? [...rows, fresh] : rows
}

const mostRows = 120

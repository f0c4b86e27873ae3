import type { SessionType } from '../../catalog/session-type.ts'
import { lengthText } from './length-words.ts'
import { priceText } from './words.ts'

/** Session types as rows: what it is, how long, what it costs. */
export const TypeList = ({ types, level = 'h3' }: { types: readonly SessionType[]; level?: 'h2' | 'h3' | 'h4' }) => (
  <ul class="types">
    {types.map(type => (
      <li>
        <a href={`/sessions/${encodeURIComponent(type.slug)}`}>
          <tag of={level} safe>
            {type.name}
          </tag>
          <p safe>{type.description}</p>
          <p class="price figures">
            <strong safe>{priceText(type.price)}</strong>
            <span safe>{lengthText(type)}</span>
          </p>
        </a>
      </li>
    ))}
  </ul>
)

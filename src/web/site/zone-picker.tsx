import { zoneText } from '../../notices/wording.ts'
import { zoneChoices } from './zones.ts'

interface Props {
  type: { slug: string }
  zone: string
  practiceZone: string
  month: { name: string }
  day: string | undefined
  /** What its address says besides. */
  query: Readonly<Record<string, string>>
}

/** In which zone the times are shown; the device's own is suggested where JavaScript runs. */
export const ZonePicker = ({ type, zone, practiceZone, month, day, query }: Props) => (
  <form method="get" action={`/sessions/${encodeURIComponent(type.slug)}/times`}>
    <input type="hidden" name="month" value={month.name} />
    {!!day && <input type="hidden" name="day" value={day} />}
    {Object.entries(query)
      .filter(([name]) => name !== 'zone')
      .map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    <div class="zone">
      <div>
        <label for="zone">Times are shown in</label>
        <select id="zone" name="zone">
          {zoneChoices(zone, practiceZone).map(name => (
            <option value={name} selected={name === zone} safe>
              {zoneText(name)}
            </option>
          ))}
        </select>
      </div>
      <button id="show-zone" class="plain" type="submit">
        Show
      </button>
    </div>
    <p class="hint small quiet" data-zone-hint={zone}></p>
  </form>
)

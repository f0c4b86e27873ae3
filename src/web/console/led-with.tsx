/** Who leads the dates with their therapist; nothing where there is nobody else. */
export const LedWith = ({
  therapists,
  chosen
}: {
  therapists: readonly { slug: string; name: string }[]
  chosen: string | undefined
}) =>
  therapists.length < 2 ? (
    ''
  ) : (
    <div class="field">
      <label for="with">Together with</label>
      <select id="with" name="with" aria-describedby="with-hint">
        <option value="">Nobody else</option>
        {therapists.map(({ slug, name }) => (
          <option value={slug} selected={slug === chosen} safe>
            {name}
          </option>
        ))}
      </select>
      <p class="quiet small" id="with-hint">
        The days, and those of rest, are then taken from both.
      </p>
    </div>
  )

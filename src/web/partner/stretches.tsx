/** Three stretches of time to fill in, each with a start and an end; what is left empty is not said. */
export const Stretches = () => (
  <>
    {[1, 2, 3].map(number => (
      <div class="pair form">
        <div class="field">
          <label for={`from-${number}`} safe>{`From${number > 1 ? `, ${number}` : ''}`}</label>
          <input id={`from-${number}`} name="from" type="datetime-local" autocomplete="off" />
        </div>
        <div class="field">
          <label for={`to-${number}`} safe>{`To${number > 1 ? `, ${number}` : ''}`}</label>
          <input id={`to-${number}`} name="to" type="datetime-local" autocomplete="off" />
        </div>
      </div>
    ))}
  </>
)

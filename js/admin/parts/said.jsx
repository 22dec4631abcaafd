/** A cause in words, with its remedy below. */
export function Said({ said }) {
  if (!said) return null;
  return (
    <div className="dongbo-said">
      <p>{said.sentence}</p>
      {said.remedy !== '' && <p className="description">{said.remedy}</p>}
    </div>
  );
}

import { __ } from '@wordpress/i18n';
import { day, number } from '../format.mjs';

const WIDTH = 600;
const HEIGHT = 120;

/** One row of bars, a day each, with the numbers as a table for who cannot see them. */
export function Bars({ title, days, series }) {
  const most = Math.max(1, ...days.flatMap((row) => series.map(({ key }) => row[key])));
  const slot = WIDTH / Math.max(1, days.length);
  const bar = Math.max(2, (slot - 4) / series.length);
  const sums = series.map(({ key, name }) => `${name}: ${number(days.reduce((sum, row) => sum + row[key], 0))}`);
  return (
    <figure className="dongbo-bars">
      <figcaption>
        <strong>{title}</strong>
        <span className="dongbo-bars__legend">
          {series.map(({ key, tone }, index) => <span key={key}><i className={`is-${tone}`} aria-hidden="true" />{sums[index]}</span>)}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}. ${sums.join(', ')}`} preserveAspectRatio="none">
        <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="dongbo-bars__base" />
        {days.map((row, index) => series.map(({ key, name, tone }, at) => {
          const height = (HEIGHT - 4) * (row[key] / most);
          return (
            <rect key={`${row.day}-${key}`} className={`is-${tone}`} x={index * slot + 2 + at * bar} y={HEIGHT - height} width={bar - 1} height={height}>
              <title>{`${day(row.day)} – ${name}: ${number(row[key])}`}</title>
            </rect>
          );
        }))}
      </svg>
      {days.length > 0 && <div className="dongbo-bars__ends" aria-hidden="true"><span>{day(days[0].day)}</span><span>{day(days[days.length - 1].day)}</span></div>}
      <details>
        <summary>{__('As a table', 'dongbo')}</summary>
        <table className="widefat striped">
          <thead><tr><th scope="col">{__('Day', 'dongbo')}</th>{series.map(({ key, name }) => <th key={key} scope="col" className="is-number">{name}</th>)}</tr></thead>
          <tbody>
            {days.map((row) => (
              <tr key={row.day}><th scope="row">{day(row.day)}</th>{series.map(({ key }) => <td key={key} className="is-number">{number(row[key])}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

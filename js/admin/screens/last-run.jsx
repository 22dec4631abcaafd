import { Card, CardBody, CardHeader } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { date, duration, megabytes, number } from '../format.mjs';
import { Badge } from '../parts/badge.jsx';
import { Link } from '../parts/link.jsx';
import { Said } from '../parts/said.jsx';
import { countsOf, runTone } from '../status.mjs';
import { countName, kindName, stateName } from './run-words.mjs';

/** Where a count leads. */
const LEADS = { created: 'history', updated: 'history', linked: 'goods', review: 'issues', failed: 'issues' };

/** The summary a finished run ends in, with links (H2); `open`: how many issues ask for a person now. */
export function LastRun({ run, open }) {
  const counts = countsOf(run.counts);
  return (
    <Card>
      <CardHeader>
        <h2>{__('Last run', 'dongbo')}: {kindName(run.kind)}</h2>
        <Badge tone={runTone(run.state)}>{stateName(run.state)}</Badge>
      </CardHeader>
      <CardBody>
        <p>{date(run.ended)} · {duration(Math.round((run.ended - run.started) / 1000))}</p>
        <Said said={run.cause} />
        {counts.length === 0 ? <p>{__('Nothing had to change.', 'dongbo')}</p> : (
          <ul className="dongbo-summary">
            {counts.map(([key, count]) => (
              <li key={key}>
                <strong>{number(count)}</strong>{' '}
                <CountName name={key} run={run} open={open} />
              </li>
            ))}
          </ul>
        )}
        <p className="description">
          {/* translators: %s: how often a run took up its work. */}
          {sprintf(_n('%s step', '%s steps', run.cost.slices, 'dongbo'), number(run.cost.slices))}{', '}
          {/* translators: %s: how many calls. */}
          {sprintf(_n('%s call to KiotViet', '%s calls to KiotViet', run.cost.calls, 'dongbo'), number(run.cost.calls))}{', '}
          {/* translators: %s: megabytes. */}
          {sprintf(__('at most %s MB', 'dongbo'), megabytes(run.cost.memory))}
        </p>
      </CardBody>
    </Card>
  );
}

/** The name of a count, as a link where it leads somewhere: what a run left to a person may be settled since. */
function CountName({ name, run, open }) {
  const to = LEADS[name];
  if (to === undefined) return countName(name);
  /* translators: %s: what a run counted, such as “need a decision”. */
  if (to === 'issues' && open === 0) return sprintf(__('%s (settled since)', 'dongbo'), countName(name));
  return <Link to={to} filters={to === 'history' ? { run: String(run.id) } : {}}>{countName(name)}</Link>;
}

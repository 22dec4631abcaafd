import { Card, CardBody, CardHeader } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { boot } from '../boot.mjs';
import { ago, date, duration, number } from '../format.mjs';
import { Badge } from '../parts/badge.jsx';
import { Bars } from '../parts/bars.jsx';
import { Link } from '../parts/link.jsx';
import { Said } from '../parts/said.jsx';
import { budgetTone } from '../status.mjs';
import { LastRun } from './last-run.jsx';
import { RunCard } from './run-card.jsx';
import { kindName } from './run-words.mjs';
import { SyncNow } from './sync-now.jsx';

const states = () => ({
  active: ['good', __('Connected', 'dongbo')],
  reconnect: ['bad', __('Connect again', 'dongbo')],
  paused: ['off', __('Paused', 'dongbo')],
  new: ['wait', __('Not tested yet', 'dongbo')],
  closed: ['off', __('Disconnected', 'dongbo')],
});

const webhookStates = () => ({
  on: ['good', __('Messages arrive', 'dongbo')],
  off: ['off', __('Not registered', 'dongbo')],
  refused: ['warn', __('KiotViet refused to register them', 'dongbo')],
  displaced: ['warn', __('Another program has taken their place', 'dongbo')],
  silent: ['warn', __('None came for a long time', 'dongbo')],
});

export function Dashboard({ status, reload }) {
  return (
    <div className="dongbo-dashboard">
      {status.runs.length > 0 && <section aria-label={__('Running now', 'dongbo')}>{status.runs.map((run) => <RunCard key={run.id} run={run} now={status.now} reload={reload} />)}</section>}
      <div className="dongbo-cards">
        <Shop status={status} reload={reload} />
        <Attention status={status} />
        <Machinery status={status} />
      </div>
      {status.last && <LastRun run={status.last} open={status.counts.issues.stop + status.counts.issues.review} />}
      <Charts days={status.days} />
    </div>
  );
}

function Shop({ status, reload }) {
  const { connection, next, now } = status;
  const [tone, words] = states()[connection.state] ?? ['off', connection.state];
  return (
    <Card>
      <CardHeader><h2>{connection.shop}</h2><Badge tone={tone}>{words}</Badge></CardHeader>
      <CardBody>
        <Said said={connection.cause} />
        <dl className="dongbo-facts">
          <dt>{__('Goods in KiotViet', 'dongbo')}</dt><dd>{number(status.counts.goods)}</dd>
          <dt>{__('Linked', 'dongbo')}</dt><dd>{number(status.counts.links)}</dd>
          <dt>{__('Next run', 'dongbo')}</dt>
          <dd>
            {next.length === 0
              ? __('none is planned', 'dongbo')
              : `${next[0].kind === '' ? '' : `${kindName(next[0].kind)}: `}${ago(next[0].at, now)} (${date(next[0].at, { style: { timeStyle: 'short' } })})`}
          </dd>
        </dl>
        <SyncNow status={status} reload={reload} />
        {boot.wizard !== '' && boot.wizard !== 'done' && <p><Link to="wizard">{__('Go on with the set-up', 'dongbo')}</Link></p>}
      </CardBody>
    </Card>
  );
}

function Attention({ status: { counts } }) {
  const open = counts.issues.stop + counts.issues.review;
  const rows = [
    [__('Need a decision', 'dongbo'), open, 'issues', {}],
    [__('Notes', 'dongbo'), counts.issues.notice, 'issues', { severity: 'notice' }],
    [__('Stock that drifts', 'dongbo'), counts.drift, 'drift', {}],
    [__('Orders waiting', 'dongbo'), counts.orders.waiting, 'orders', { state: 'waiting' }],
    [__('Orders failed', 'dongbo'), counts.orders.failed, 'orders', { state: 'failed' }],
    [__('Orders to look at', 'dongbo'), counts.orders.review, 'orders', { state: 'review' }],
  ];
  const quiet = rows.every(([, count]) => count === 0);
  return (
    <Card>
      <CardHeader><h2>{__('To look at', 'dongbo')}</h2>{quiet && <Badge tone="good">{__('Nothing', 'dongbo')}</Badge>}</CardHeader>
      <CardBody>
        <ul className="dongbo-counts">
          {rows.map(([name, count, to, filters]) => (
            <li key={name}><Link to={to} filters={filters}>{name}</Link><strong className={count > 0 ? 'is-open' : undefined}>{number(count)}</strong></li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

function Machinery({ status: { webhooks, budget, cron, now } }) {
  const [tone, words] = webhookStates()[webhooks.state] ?? ['off', webhooks.state];
  const spent = budgetTone(budget);
  return (
    <Card>
      <CardHeader><h2>{__('How it keeps up', 'dongbo')}</h2></CardHeader>
      <CardBody>
        <dl className="dongbo-facts">
          <dt>{__('Messages from KiotViet', 'dongbo')}</dt>
          <dd>
            <Badge tone={tone}>{words}</Badge>
            {webhooks.last_received !== null && <span>{' '}{sprintf(/* translators: %s: how long ago. */ __('last %s', 'dongbo'), ago(webhooks.last_received, now))}</span>}
            <Said said={webhooks.cause} />
          </dd>
          <dt>{__('Calls this hour', 'dongbo')}</dt>
          <dd>
            {/* translators: 1: calls made, 2: calls allowed. */}
            {sprintf(__('%1$s of %2$s', 'dongbo'), number(budget.used), number(budget.limit))}
            {spent !== 'good' && <>{' '}<Badge tone={spent}>{spent === 'bad' ? __('used up', 'dongbo') : __('nearly used up', 'dongbo')}</Badge></>}
            {budget.limit > 0 && <meter aria-label={__('Calls this hour', 'dongbo')} min="0" max={budget.limit} value={Math.min(budget.used, budget.limit)} />}
          </dd>
          <dt>{__('Background jobs', 'dongbo')}</dt>
          <dd>
            {cron.late_seconds > 120
              /* translators: %s: a stretch of time. */
              ? <Badge tone="warn">{sprintf(__('%s late', 'dongbo'), duration(cron.late_seconds))}</Badge>
              : <Badge tone="good">{__('on time', 'dongbo')}</Badge>}
          </dd>
        </dl>
      </CardBody>
    </Card>
  );
}

function Charts({ days }) {
  if (days.every((row) => row.writes + row.issues + row.calls === 0)) return null;
  return (
    <Card>
      <CardHeader><h2>{__('The last 30 days', 'dongbo')}</h2></CardHeader>
      <CardBody className="dongbo-charts">
        <Bars title={__('Changes and problems', 'dongbo')} days={days}
          series={[{ key: 'writes', name: __('changes written', 'dongbo'), tone: 'main' }, { key: 'issues', name: __('problems found', 'dongbo'), tone: 'bad' }]} />
        <Bars title={__('Calls to KiotViet', 'dongbo')} days={days}
          series={[{ key: 'calls', name: __('calls', 'dongbo'), tone: 'main' }, { key: 'call_failures', name: __('failed calls', 'dongbo'), tone: 'bad' }]} />
      </CardBody>
    </Card>
  );
}

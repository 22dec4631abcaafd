import { Card, CardBody } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { ago, duration, number } from '../format.mjs';
import { Badge } from '../parts/badge.jsx';
import { Button } from '../parts/button.jsx';
import { Confirm } from '../parts/confirm.jsx';
import { Link } from '../parts/link.jsx';
import { useAction } from '../parts/notices.jsx';
import { Progress } from '../parts/progress.jsx';
import { Said } from '../parts/said.jsx';
import { post } from '../rest.mjs';
import { runActions, runTone } from '../status.mjs';
import { actionName, kindName, stateName } from './run-words.mjs';

/** A run that is not over: how far, how fast, what it waits for, and its buttons (H2). */
export function RunCard({ run, now, reload }) {
  const { act, busy } = useAction();
  const [asking, setAsking] = useState(false);
  const send = (action) => act(action, () => post(`/runs/${run.id}/${action}`)).then(() => { setAsking(false); reload(); });
  const facts = [
    /* translators: %s: rows a second. */
    run.rate > 0 && sprintf(__('%s a second', 'dongbo'), number(String(Math.round(run.rate * 10) / 10))),
    /* translators: %s: a stretch of time. */
    run.eta !== null && run.state === 'running' && sprintf(__('about %s left', 'dongbo'), duration(run.eta)),
    /* translators: %s: when. */
    run.wait_until !== null && run.wait_until > now && sprintf(__('goes on %s', 'dongbo'), ago(run.wait_until, now)),
    run.item !== '' && run.item,
  ].filter(Boolean);
  return (
    <Card className={`dongbo-run is-${run.state}`}>
      <CardBody>
        <div className="dongbo-run__head"><h2>{kindName(run.kind)}</h2><Badge tone={runTone(run.state)}>{stateName(run.state)}</Badge></div>
        <Progress label={run.phase} done={run.done} total={run.total}>
          {facts.length > 0 && <p className="description">{facts.join(' · ')}</p>}
        </Progress>
        {run.cause && <div className={`notice inline ${run.state === 'asked' ? 'notice-warning' : 'notice-info'}`}><Said said={run.cause} /></div>}
        <div className="dongbo-actions">
          {run.state === 'asked' && <Link to="preview" className="button button-primary">{__('Look at the preview', 'dongbo')}</Link>}
          {runActions(run.state).map((action) => (
            <Button key={action} variant="secondary" isDestructive={action === 'cancel'} isBusy={busy === action} disabled={busy !== ''}
              onClick={() => (action === 'accept' ? setAsking(true) : send(action))}>
              {actionName(action)}
            </Button>
          ))}
          <span className="description">{__('This page may be closed.', 'dongbo')}</span>
        </div>
        {asking && (
          <Confirm title={__('Do it all the same?', 'dongbo')} action={actionName('accept')} busy={busy !== ''} onYes={() => send('accept')} onNo={() => setAsking(false)}>
            <Said said={run.cause} />
          </Confirm>
        )}
      </CardBody>
    </Card>
  );
}

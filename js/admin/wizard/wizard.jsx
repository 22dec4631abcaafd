import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { boot } from '../boot.mjs';
import { Button } from '../parts/button.jsx';
import { useAction } from '../parts/notices.jsx';
import { rememberStep } from '../rest.mjs';
import { go } from '../route.mjs';
import { BranchesStep } from './branches-step.jsx';
import { ConnectForm } from './connect-form.jsx';
import { GoStep } from './go-step.jsx';
import { PosStep } from './pos-step.jsx';
import { PreviewStep } from './preview-step.jsx';
import { GoodsStep, OrdersStep, PricesStep } from './settings-steps.jsx';
import { StartStep } from './start-step.jsx';
import { STEPS, after, before, reachable, resume } from './steps.mjs';

const steps = () => ({
  pos: [__('Point of sale', 'dongbo'), PosStep],
  connect: [__('Connect', 'dongbo'), ConnectForm],
  branches: [__('Branches', 'dongbo'), BranchesStep],
  start: [__('Where the goods are', 'dongbo'), StartStep],
  goods: [__('Goods', 'dongbo'), GoodsStep],
  prices: [__('Prices', 'dongbo'), PricesStep],
  orders: [__('Orders', 'dongbo'), OrdersStep],
  preview: [__('Preview', 'dongbo'), PreviewStep],
  go: [__('Start', 'dongbo'), GoStep],
});

/** From nothing to the first sync. Each step is saved when it is left, here and for other devices. */
export function Wizard({ status, reload }) {
  const connected = status.connection?.state === 'active';
  const [step, setStep] = useState(() => resume(boot.wizard, connected));
  const [furthest, setFurthest] = useState(step);
  const { act, busy } = useAction();
  const heading = useRef(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) heading.current?.focus();
    first.current = false;
  }, [step]);

  if (!boot.canConnect) {
    if (connected) return <p>{__('This shop is connected to KiotViet, but not set up yet. An administrator of this website can finish it here.', 'dongbo')}</p>;
    return <p>{__('This shop is not connected to KiotViet yet. An administrator of this website can connect it here.', 'dongbo')}</p>;
  }
  const move = (to) => act('step', async () => {
    await rememberStep(to);
    boot.wizard = to;
    if (STEPS.indexOf(to) > STEPS.indexOf(furthest)) setFurthest(to);
    setStep(to);
  });
  const finish = () => act('step', async () => {
    await rememberStep('done');
    // The dashboard opens on what runs now, not on what was known before.
    await reload();
    boot.wizard = 'done';
    go('');
  });
  const all = steps();
  const [name, Step] = all[step];
  return (
    <div className="dongbo-wizard">
      <ol className="dongbo-steps" aria-label={__('Steps', 'dongbo')}>
        {STEPS.map((id, index) => {
          const passed = STEPS.indexOf(id) < STEPS.indexOf(furthest);
          return (
            <li key={id} className={id === step ? 'is-now' : passed ? 'is-done' : undefined}>
              <Button variant="link" accessibleWhenDisabled={false} aria-current={id === step ? 'step' : undefined} disabled={!reachable(id, furthest, connected) || busy !== ''} onClick={() => move(id)}>
                <span className="dongbo-steps__number" aria-hidden="true">{passed && id !== step ? '✓' : index + 1}</span>
                {all[id][0]}
              </Button>
            </li>
          );
        })}
      </ol>
      <section className="dongbo-wizard__step" aria-labelledby="dongbo-step">
        <p className="dongbo-wizard__where">
          {/* translators: 1: number of the step, 2: how many. */}
          {sprintf(__('Step %1$d of %2$d', 'dongbo'), STEPS.indexOf(step) + 1, STEPS.length)}
        </p>
        <h2 id="dongbo-step" ref={heading} tabIndex={-1}>{name}</h2>
        <Step connection={status.connection} status={status} reload={reload} onConnected={async () => { await reload(); await move('branches'); }}
          next={() => move(after(step))} finish={finish} />
        {step !== 'pos' && <p><Button variant="link" disabled={busy !== ''} onClick={() => move(before(step))}>{__('← Back', 'dongbo')}</Button></p>}
      </section>
    </div>
  );
}

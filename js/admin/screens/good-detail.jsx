import { TextControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { fieldValue } from '../fields.mjs';
import { date } from '../format.mjs';
import { Badge } from '../parts/badge.jsx';
import { Button } from '../parts/button.jsx';
import { Change } from '../parts/change.jsx';
import { Confirm } from '../parts/confirm.jsx';
import { EntryChange } from '../parts/entry-change.jsx';
import { Link } from '../parts/link.jsx';
import { useAction } from '../parts/notices.jsx';
import { Said } from '../parts/said.jsx';
import { Table } from '../parts/table.jsx';
import { Trouble } from '../parts/trouble.jsx';
import { Waiting } from '../parts/waiting.jsx';
import { get, post } from '../rest.mjs';
import { lastFilters } from '../route.mjs';
import { useResource } from '../use-resource.mjs';
import { decisionTone, goodActionName, goodActions, goodStates, policyName } from './good-words.mjs';

/** One good beside its product, and the rule that decided each field (H4). */
export function GoodDetail({ id }) {
  const path = `/goods/${encodeURIComponent(id)}`;
  const { data, error, reload } = useResource(() => get(path), [path]);
  const { act, busy } = useAction();
  const [linking, setLinking] = useState(false);
  const [ending, setEnding] = useState(false);
  const [product, setProduct] = useState('');
  const back = <p><Link to="goods" filters={lastFilters('goods')}>{__('← All goods', 'dongbo')}</Link></p>;
  if (data === undefined) return <>{back}{error ? <Trouble error={error} retry={reload} /> : <Waiting />}</>;
  const { good, why, issues, history } = data;
  const [tone, name] = goodStates()[good.state];
  const send = (action, given) => act(action, () => post(`${path}/${action}`, given), __('Done.', 'dongbo'))
    .then(() => { setLinking(false); setEnding(false); reload(); });
  const press = { link: () => setLinking(true), unlink: () => setEnding(true) };
  return (
    <div className="dongbo-good">
      {back}
      <h2>{good.label} <Badge tone={tone}>{name}</Badge></h2>
      {good.causes.map((said) => <Said key={said.code} said={said} />)}
      <div className="dongbo-actions">
        {goodActions(good).map((action) => (
          <Button key={action} variant={action === 'sync' || action === 'resume' ? 'primary' : 'secondary'} isBusy={busy === action} disabled={busy !== ''}
            onClick={press[action] ?? (() => send(action))}>{goodActionName(action)}</Button>
        ))}
        {good.shop?.edit && <Button variant="secondary" href={good.shop.edit}>{__('Open in WooCommerce', 'dongbo')}</Button>}
        {good.pos?.code && <Copy text={good.pos.code} />}
      </div>
      {why && <Decisions title={__('Side by side', 'dongbo')} fields={why.fields} />}
      {why?.family && <Decisions title={sprintf(/* translators: %s: a product. */ __('The product over it: %s', 'dongbo'), why.family.label)} fields={why.family.fields} />}
      {why && why.steps.length > 0 && (
        <section aria-labelledby="dongbo-why">
          <h3 id="dongbo-why">{__('Why', 'dongbo')}</h3>
          <ol className="dongbo-why">{why.steps.map(({ topic, said }) => <li key={topic + said.code}><Said said={said} /></li>)}</ol>
        </section>
      )}
      {issues.length > 0 && (
        <section aria-labelledby="dongbo-good-issues"><h3 id="dongbo-good-issues">{__('Issues', 'dongbo')}</h3>{issues.map((issue) => <Said key={issue.id} said={issue.said} />)}</section>
      )}
      {history.length > 0 && (
        <section aria-labelledby="dongbo-good-history">
          <h3 id="dongbo-good-history">{__('History', 'dongbo')}</h3>
          <ul>{history.map((entry) => <li key={entry.id}>{date(entry.at)} <EntryChange entry={entry} /></li>)}</ul>
        </section>
      )}
      {linking && (
        <Confirm title={__('Link to a product', 'dongbo')} action={__('Link', 'dongbo')} busy={busy === 'link'} onYes={() => send('link', { shop_id: Number(product) })} onNo={() => setLinking(false)}>
          <TextControl __next40pxDefaultSize __nextHasNoMarginBottom type="number" min={1} label={__('Number of the product or variation', 'dongbo')} help={__('It stands in the product’s address: post=123.', 'dongbo')} value={product} onChange={setProduct} />
        </Confirm>
      )}
      {ending && (
        <Confirm title={__('End the link?', 'dongbo')} action={goodActionName('unlink')} busy={busy === 'unlink'} onYes={() => send('unlink')} onNo={() => setEnding(false)}>
          <p>{__('Both sides stay as they are and no longer follow each other.', 'dongbo')}</p>
        </Confirm>
      )}
    </div>
  );
}

function Decisions({ title, fields }) {
  return (
    <section>
      <h3>{title}</h3>
      <Table caption={title} rows={fields} rowKey={({ field }) => field} columns={[
        { key: 'field', name: __('Field', 'dongbo'), main: true, cell: ({ label }) => label },
        { key: 'pos', name: 'KiotViet', cell: ({ field, pos }) => fieldValue(field, pos) },
        { key: 'shop', name: __('Website', 'dongbo'), cell: ({ field, shop }) => fieldValue(field, shop) },
        {
          key: 'decision', name: __('Decision', 'dongbo'),
          cell: ({ field, shop, after, decision, decision_words: words, policy, reason }) => (
            <>
              <Badge tone={decisionTone(decision)}>{words}</Badge>
              {after !== null && <Change name="" before={fieldValue(field, shop)} after={fieldValue(field, after)} />}
              <div className="description">{[policyName(policy), reason.sentence].filter(Boolean).join(' · ')}</div>
            </>
          ),
        },
      ]} />
    </section>
  );
}

/** The POS's code, to find the good there. */
function Copy({ text }) {
  const { act } = useAction();
  const copy = () => act('copy', async () => {
    if (!navigator.clipboard) throw new Error(__('This browser copies only on secure (https) pages.', 'dongbo'));
    await navigator.clipboard.writeText(text);
  }, sprintf(/* translators: %s: a code. */ __('%s was copied.', 'dongbo'), text));
  return <Button variant="tertiary" onClick={copy}>{sprintf(/* translators: %s: a code. */ __('Copy code %s', 'dongbo'), text)}</Button>;
}

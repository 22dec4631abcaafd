import { SearchControl } from '@wordpress/components';
import { useEffect, useRef, useState } from '@wordpress/element';

/** Asks when the typing rests. */
const REST_MS = 350;

export function Search({ label, value, onSearch }) {
  const [text, setText] = useState(value ?? '');
  const given = useRef(onSearch);
  given.current = onSearch;
  useEffect(() => {
    if (text === (value ?? '')) return undefined;
    const timer = setTimeout(() => given.current(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return <SearchControl __nextHasNoMarginBottom className="dongbo-search" label={label} placeholder={label} value={text} onChange={setText} />;
}

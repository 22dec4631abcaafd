import { SelectControl } from '@wordpress/components';

/** A filter of one list. */
export const Select = (given) => <SelectControl __next40pxDefaultSize __nextHasNoMarginBottom {...given} />;

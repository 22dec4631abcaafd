import { Button as WordPressButton } from '@wordpress/components';

/**
 * WordPress's button that keeps the keyboard's place: while its work goes on it does nothing, and says
 * so, but stays where the focus is. A button that is switched off altogether sends the focus to the page's top.
 */
export const Button = (given) => <WordPressButton accessibleWhenDisabled {...given} />;

// What JSX becomes, in every file of the bundle.
export { createElement, Fragment } from '@wordpress/element';

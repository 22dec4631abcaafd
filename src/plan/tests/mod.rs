//! Properties of every plan, over generated shops: applied to a model shop, a plan leaves nothing to
//! do; it does not depend on the order of anything; it deletes nothing; it says why.

mod catalogue;
mod categories;
mod properties;
mod shop;

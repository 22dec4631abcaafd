//! Orders both ways, exactly once (product.md E, F).

mod address;
mod amounts;
mod answers;
mod body;
mod customer_steps;
mod description;
mod doubles;
mod due;
mod import;
mod lines;
mod machine;
mod mark;
mod pending;
mod plan;
mod protocol;
mod refusal;
mod status;
mod steps;

pub(crate) use answers::not_found;
pub(crate) use body::{customer as customer_body, id as json_id};
pub use doubles::{find_doubles, Double, Doubles, DoublesInput};
pub use due::{
    order_due, sweep_orders, OrderDue, OrderDueInput, OrderFacts, OrdersDue, OutboxRow,
    OutboxState, Sweep, SweepInput, Turn,
};
pub use import::{
    plan_import, Arrived, Import, ImportInput, ImportLine, ImportOrder, ImportTurn, Imports,
    SaleKind,
};
pub use machine::advance_order;
pub use mark::{mark, marked_order};
pub use pending::{pending_stock, HoldingOrder, PendingInput, PendingStock, StockTime};
pub use plan::{
    plan_order, Delivery, OrderPlan, PlanOrderInput, PlannedCharge, PlannedLine, UnknownLine,
};
pub use protocol::{
    AdvanceOrderInput, Cause, Ended, Expected, FoundGood, Held, Intent, KnownCustomer,
    OrderAdvanced, OrderContext, OrderLink, OrderOutcome, OrderReply, OrderRequest,
    OrderRequestKind, ReplyField, Sending, SendingStep,
};
pub(crate) use refusal::temporary;
pub use status::{plan_status, StatusInput, StatusMemory, StatusPlan};
pub(crate) use steps::push_encoded as path_segment;

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]
mod tests;

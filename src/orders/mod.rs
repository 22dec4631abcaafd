//! Orders both ways, exactly once (product.md E, F).

mod address;
mod amounts;
mod answers;
mod body;
mod customer_steps;
mod description;
mod due;
mod lines;
mod machine;
mod mark;
mod plan;
mod protocol;
mod refusal;
mod steps;

pub use due::{
    order_due, sweep_orders, OrderDue, OrderDueInput, OrderFacts, OrdersDue, OutboxRow,
    OutboxState, Sweep, SweepInput, Turn,
};
pub use machine::advance_order;
pub use mark::{mark, marked_order};
pub use plan::{
    plan_order, Delivery, OrderPlan, PlanOrderInput, PlannedCharge, PlannedLine, UnknownLine,
};
pub use protocol::{
    AdvanceOrderInput, Cause, Ended, Expected, FoundGood, Held, Intent, KnownCustomer,
    OrderAdvanced, OrderContext, OrderLink, OrderOutcome, OrderReply, OrderRequest,
    OrderRequestKind, ReplyField, Sending, SendingStep,
};

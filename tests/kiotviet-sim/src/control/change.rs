//! `POST /_sim/change`: what the shop's people do in KiotViet. All changes of one call are done, or none.

use serde::{Deserialize, Serialize};
use serde_json::{json, Map, Value};

use super::lookup::ProductRef;
use super::sell::{self, Sale};
use super::session::Session;
use super::trade_change::{Act, List, Which};
use super::{image_change as image, pricebook_change as book, product_change as product};
use super::{shop_change as shop, trade_change as trade};
use crate::catalogue::{Branch, Category, Customer, Delivery, Document, Line, PriceBook, Product};
use crate::edit::Edit;
use crate::number::Number;
use crate::state::State;

/// One change; `op` names it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "op", rename_all_fields = "camelCase")]
pub enum Change {
    /// Sets fields of a good by their catalogue names.
    #[serde(rename = "product.set")]
    ProductSet {
        #[serde(flatten)]
        which: ProductRef,
        fields: Map<String, Value>,
    },
    /// Adds a good.
    #[serde(rename = "product.add")]
    ProductAdd { product: Box<Product> },
    /// Deletes a good and its further units; its id appears in the removed list.
    #[serde(rename = "product.remove")]
    ProductRemove {
        #[serde(flatten)]
        which: ProductRef,
    },
    /// Sets stock numbers of a good in one branch; makes the row if there is none.
    #[serde(rename = "stock.set")]
    StockSet {
        #[serde(flatten)]
        which: ProductRef,
        branch_id: i64,
        #[serde(flatten)]
        stock: product::StockNumbers,
    },
    /// Sells over the counter, as `POST /_sim/sell` does.
    #[serde(rename = "sell")]
    Sell {
        #[serde(flatten)]
        sale: Sale,
    },
    /// Drops the stock row of a branch.
    #[serde(rename = "stock.removeRow")]
    StockRemoveRow {
        #[serde(flatten)]
        which: ProductRef,
        branch_id: i64,
    },
    /// Adds a category.
    #[serde(rename = "category.add")]
    CategoryAdd { category: Category },
    /// Renames a category.
    #[serde(rename = "category.rename")]
    CategoryRename { category_id: i64, name: String },
    /// Moves a category; no `parentId` makes it a root.
    #[serde(rename = "category.move")]
    CategoryMove {
        category_id: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent_id: Option<i64>,
    },
    /// Deletes a category that has neither children nor goods.
    #[serde(rename = "category.remove")]
    CategoryRemove { category_id: i64 },
    /// Adds a price book.
    #[serde(rename = "pricebook.add")]
    PriceBookAdd { pricebook: PriceBook },
    /// Sets fields of a book: name, isActive, startDate, endDate, branches …
    #[serde(rename = "pricebook.set")]
    PriceBookSet {
        pricebook_id: i64,
        fields: Map<String, Value>,
    },
    /// Deletes a book.
    #[serde(rename = "pricebook.remove")]
    PriceBookRemove { pricebook_id: i64 },
    /// Sets a good's price in a book.
    #[serde(rename = "pricebook.price")]
    PriceSet {
        pricebook_id: i64,
        #[serde(flatten)]
        which: ProductRef,
        price: Number,
    },
    /// Takes a good out of a book.
    #[serde(rename = "pricebook.priceRemove")]
    PriceRemove {
        pricebook_id: i64,
        #[serde(flatten)]
        which: ProductRef,
    },
    /// Adds a branch.
    #[serde(rename = "branch.add")]
    BranchAdd { branch: Branch },
    /// Sets fields of a branch.
    #[serde(rename = "branch.set")]
    BranchSet {
        branch_id: i64,
        fields: Map<String, Value>,
    },
    /// Closes a branch: it leaves the list, its stock rows go.
    #[serde(rename = "branch.remove")]
    BranchRemove { branch_id: i64 },
    /// A new order, typed in at the POS or sent in by a marketplace.
    #[serde(rename = "order.add")]
    OrderAdd { order: Box<Document> },
    /// Sets fields of an order: status 5 confirms it, 2 sends it out, 3 ends it.
    #[serde(rename = "order.set")]
    OrderSet {
        #[serde(flatten)]
        which: Which,
        fields: Map<String, Value>,
    },
    /// Cancels an order.
    #[serde(rename = "order.cancel")]
    OrderCancel {
        #[serde(flatten)]
        which: Which,
        #[serde(default)]
        void_payments: bool,
    },
    /// Makes an invoice of an order, of all it still holds or of some lines.
    #[serde(rename = "order.invoice")]
    OrderInvoice {
        #[serde(flatten)]
        which: Which,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lines: Option<Vec<Line>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delivery: Option<Box<Delivery>>,
    },
    /// A sale at the till.
    #[serde(rename = "invoice.add")]
    InvoiceAdd { invoice: Box<Document> },
    /// Sets fields of an invoice.
    #[serde(rename = "invoice.set")]
    InvoiceSet {
        #[serde(flatten)]
        which: Which,
        fields: Map<String, Value>,
    },
    /// News of a parcel: status, code, carrier; what is left out stays.
    #[serde(rename = "invoice.deliver")]
    InvoiceDeliver {
        #[serde(flatten)]
        which: Which,
        delivery: Box<Delivery>,
    },
    /// Cancels an invoice.
    #[serde(rename = "invoice.cancel")]
    InvoiceCancel {
        #[serde(flatten)]
        which: Which,
        #[serde(default)]
        void_payments: bool,
    },
    /// Adds a customer.
    #[serde(rename = "customer.add")]
    CustomerAdd { customer: Box<Customer> },
    /// Sets fields of a customer.
    #[serde(rename = "customer.set")]
    CustomerSet {
        #[serde(flatten)]
        which: Which,
        fields: Map<String, Value>,
    },
    /// Deletes a customer.
    #[serde(rename = "customer.remove")]
    CustomerRemove {
        #[serde(flatten)]
        which: Which,
    },
    /// A row of a small list: groups, surcharges, saleChannels, users, bankAccounts, tradeMarks.
    #[serde(rename = "list.add")]
    ListAdd { list: List, row: Map<String, Value> },
    /// Sets fields of such a row.
    #[serde(rename = "list.set")]
    ListSet {
        list: List,
        id: i64,
        fields: Map<String, Value>,
    },
    /// Deletes such a row.
    #[serde(rename = "list.remove")]
    ListRemove { list: List, id: i64 },
    /// Settings the API does not show.
    #[serde(rename = "policy.set")]
    PolicySet { fields: Map<String, Value> },
    /// Another picture under the same address.
    #[serde(rename = "image.alter")]
    ImageAlter {
        #[serde(flatten)]
        which: ProductRef,
        #[serde(default)]
        touch: bool,
    },
    /// The first picture gets another address.
    #[serde(rename = "image.replace")]
    ImageReplace {
        #[serde(flatten)]
        which: ProductRef,
    },
    /// Sets shop settings by their `/settings` names.
    #[serde(rename = "settings.set")]
    SettingsSet { fields: Map<String, Value> },
    /// Changes shop code or credentials; a new secret makes all tokens worthless.
    #[serde(rename = "shop.set")]
    ShopSet { fields: Map<String, Value> },
}

/// Does all changes, or none.
///
/// # Errors
/// A sentence naming the first change that cannot be done.
pub fn apply_all(state: &mut State, changes: &[Change]) -> Result<Vec<Value>, String> {
    let mut session = Session::open(state);
    let mut results = Vec::new();
    for (position, change) in changes.iter().enumerate() {
        results.push(
            session
                .apply(change)
                .map_err(|error| format!("change {position}: {error}; nothing was changed"))?,
        );
    }
    session.commit(state)?;
    Ok(results)
}

/// Does one change.
///
/// # Errors
/// A sentence when it cannot be done; then the shop may be half changed and is to be thrown away.
pub fn apply(edit: &mut Edit<'_>, change: &Change) -> Result<Value, String> {
    match change {
        Change::ProductSet { which, fields } => product::set(edit, which, fields)?,
        Change::ProductAdd { product } => {
            return product::add(edit, product).map(|id| json!({"id": id}))
        }
        Change::ProductRemove { which } => {
            return product::remove(edit, which).map(|ids| json!({"removed": ids}))
        }
        Change::StockSet {
            which,
            branch_id,
            stock,
        } => product::set_stock(edit, which, *branch_id, stock)?,
        Change::Sell { sale } => return sell::sell(edit, sale),
        Change::StockRemoveRow { which, branch_id } => {
            product::remove_stock_row(edit, which, *branch_id)?
        }
        Change::CategoryAdd { category } => {
            return shop::add_category(edit, category).map(|id| json!({"id": id}))
        }
        Change::CategoryRename { category_id, name } => {
            shop::rename_category(edit, *category_id, name)?
        }
        Change::CategoryMove {
            category_id,
            parent_id,
        } => shop::move_category(edit, *category_id, *parent_id)?,
        Change::CategoryRemove { category_id } => shop::remove_category(edit, *category_id)?,
        Change::PriceBookAdd { pricebook } => {
            return book::add(edit, pricebook).map(|id| json!({"id": id}))
        }
        Change::PriceBookSet {
            pricebook_id,
            fields,
        } => book::set(edit, *pricebook_id, fields)?,
        Change::PriceBookRemove { pricebook_id } => book::remove(edit, *pricebook_id)?,
        Change::PriceSet {
            pricebook_id,
            which,
            price,
        } => book::set_price(edit, *pricebook_id, which, *price)?,
        Change::PriceRemove {
            pricebook_id,
            which,
        } => book::remove_price(edit, *pricebook_id, which)?,
        Change::BranchAdd { branch } => {
            return shop::add_branch(edit, branch).map(|id| json!({"id": id}))
        }
        Change::BranchSet { branch_id, fields } => shop::set_branch(edit, *branch_id, fields)?,
        Change::BranchRemove { branch_id } => shop::remove_branch(edit, *branch_id)?,
        Change::OrderAdd { order } => {
            return trade::add_order(edit, order).map(|id| json!({"id": id}))
        }
        Change::OrderSet { which, fields } => trade::set_order(edit, which, fields)?,
        Change::OrderCancel {
            which,
            void_payments,
        } => trade::cancel_order(edit, which, *void_payments)?,
        Change::OrderInvoice {
            which,
            lines,
            delivery,
        } => {
            return trade::invoice_order(edit, which, lines.as_ref(), delivery.as_deref())
                .map(|id| json!({"id": id}))
        }
        Change::InvoiceAdd { invoice } => {
            return trade::add_invoice(edit, invoice).map(|id| json!({"id": id}))
        }
        Change::InvoiceSet { which, fields } => trade::set_invoice(edit, which, fields)?,
        Change::InvoiceDeliver { which, delivery } => trade::deliver(edit, which, delivery)?,
        Change::InvoiceCancel {
            which,
            void_payments,
        } => trade::cancel_invoice(edit, which, *void_payments)?,
        Change::CustomerAdd { customer } => {
            return Ok(json!({"id": trade::add_customer(edit, customer)}))
        }
        Change::CustomerSet { which, fields } => trade::set_customer(edit, which, fields)?,
        Change::CustomerRemove { which } => trade::remove_customer(edit, which)?,
        Change::ListAdd { list, row } => trade::change_list(edit, *list, &Act::Add(row))?,
        Change::ListSet { list, id, fields } => {
            trade::change_list(edit, *list, &Act::Set(*id, fields))?
        }
        Change::ListRemove { list, id } => trade::change_list(edit, *list, &Act::Remove(*id))?,
        Change::PolicySet { fields } => shop::set_policy(edit, fields)?,
        Change::ImageAlter { which, touch } => image::alter(edit, which, *touch)?,
        Change::ImageReplace { which } => image::replace(edit, which)?,
        Change::SettingsSet { fields } => shop::set_settings(edit, fields)?,
        Change::ShopSet { fields } => shop::set_shop(edit, fields)?,
    }
    Ok(json!({}))
}

//! Parcels (§6.5, §12): what is known of them grows, and their arrival ends what waited for it.

use super::{payment, totals};
use crate::catalogue::{Delivery, Document, INVOICE_DONE, INVOICE_OPEN};
use crate::edit::Edit;
use crate::wire::Refusal;

/// Delivery status (§12): `Giao thành công`.
const DELIVERED: i64 = 3;
/// Delivery status: `Chờ xử lý`.
const WAITING: i64 = 1;

/// How cash on delivery was paid out: `codPaymentMethod`, `codPaymentAccount`.
#[derive(Clone, Debug, Default)]
pub struct Cod {
    /// `Cash` or, misspelt, `Tranfer`.
    pub method: Option<String>,
    /// Bank account.
    pub account_id: Option<i64>,
}

/// A delivered parcel ends an invoice that waited for it, and the carrier pays out what it took.
pub fn arrive(edit: &Edit<'_>, invoice: &mut Document, cod: &Cod) -> Result<(), Refusal> {
    let Some(delivery) = &invoice.delivery else {
        return Ok(());
    };
    if delivery.status != Some(DELIVERED) {
        return Ok(());
    }
    let owed = delivery.price_cod_payment.unwrap_or_default();
    let method = payment::method(cod.method.as_deref())?;
    payment::check_account(edit.catalogue, method, cod.account_id)?;
    let paid = totals::of(edit.catalogue, edit.switches, invoice);
    if invoice.status == INVOICE_OPEN {
        invoice.status = INVOICE_DONE;
    }
    if owed.0 > 0.0 && paid.paid < paid.total {
        let id = edit.catalogue.next_payment_id();
        payment::add(invoice, id, owed, method, cod.account_id, edit.now);
    }
    Ok(())
}

/// What a later body leaves out stays.
pub fn merged(old: Option<Delivery>, new: &Delivery) -> Delivery {
    let old = old.unwrap_or_default();
    let new = new.clone();
    Delivery {
        delivery_code: new.delivery_code.or(old.delivery_code),
        kind: new.kind.or(old.kind),
        status: new.status.or(old.status).or(Some(WAITING)),
        price: new.price.or(old.price),
        receiver: new.receiver.or(old.receiver),
        contact_number: new.contact_number.or(old.contact_number),
        address: new.address.or(old.address),
        location_id: new.location_id.or(old.location_id),
        location_name: new.location_name.or(old.location_name),
        ward_name: new.ward_name.or(old.ward_name),
        using_price_cod: new.using_price_cod.or(old.using_price_cod),
        price_cod_payment: new.price_cod_payment.or(old.price_cod_payment),
        weight: new.weight.or(old.weight),
        length: new.length.or(old.length),
        width: new.width.or(old.width),
        height: new.height.or(old.height),
        partner_delivery_id: new.partner_delivery_id.or(old.partner_delivery_id),
        partner_delivery: new.partner_delivery.or(old.partner_delivery),
        expected_delivery: new.expected_delivery.or(old.expected_delivery),
    }
}

/// A new parcel waits.
pub fn waiting(mut delivery: Delivery) -> Delivery {
    delivery.status.get_or_insert(WAITING);
    delivery
}

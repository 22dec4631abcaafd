//! Finding or making an order's customer (product.md E4): the stored one, then by phone in each
//! spelling, then by e-mail among the mirrored ones; every answer is checked again.

use super::machine::Sender;
use super::protocol::{KnownCustomer, SendingStep};
use crate::customers::{email_key, spellings};
use crate::model::{PosCustomer, Severity};
use crate::pos::{after, params};

impl Sender<'_> {
    pub(super) fn forget_customer(&mut self) {
        self.state.customer_id = None;
        self.state.customer_settled = false;
        self.state.place = 0;
        self.state.candidates.clear();
        self.state.by_email.clear();
        self.state.mirror_asked = false;
    }

    pub(super) fn phone(&self) -> String {
        super::plan::phone_of(self.context)
    }

    /// Goes on looking.
    pub(super) fn next_customer(&mut self) {
        let phone = self.phone();
        if !self.state.mirror_asked {
            let stored = self.context.customer.as_ref();
            let stored = stored.filter(|_| !self.state.customer_again && self.state.place == 0);
            self.state.candidates = stored.iter().map(|known| known.remote_id.clone()).collect();
            self.state.mirror_asked = true;
            if self.state.candidates.is_empty() {
                return self.ask_mirror(&phone);
            }
        }
        if !self.state.candidates.is_empty() {
            return self.ask(SendingStep::ConfirmCustomer);
        }
        let left = i64::try_from(spellings(&phone).len()).unwrap_or(0);
        if !phone.is_empty() && self.state.place < left {
            return self.ask(SendingStep::CustomerByPhone);
        }
        if !self.state.by_email.is_empty() {
            self.state.candidates = std::mem::take(&mut self.state.by_email);
            return self.ask(SendingStep::ConfirmCustomer);
        }
        if phone.is_empty() || !self.settings.orders.create_customers {
            return self.settle_customer(None);
        }
        if self.may_come() {
            return;
        }
        self.ask(SendingStep::MakeCustomer);
    }

    fn ask_mirror(&mut self, phone: &str) {
        let email = email_key(&self.context.order.billing.email);
        if phone.is_empty() && email.is_empty() {
            return self.settle_customer(None);
        }
        self.ask(SendingStep::MirroredCustomer);
    }

    /// Customers of the mirror: those with the phone are confirmed first.
    pub(super) fn mirrored(&mut self, customers: &[PosCustomer]) {
        let phone = self.phone();
        let email = email_key(&self.context.order.billing.email);
        for customer in customers {
            if self.has_phone(customer, &phone) {
                self.state.candidates.push(customer.id.clone());
            } else if !email.is_empty() && customer.email_key == email {
                self.state.by_email.push(customer.id.clone());
            }
        }
        self.next_customer();
    }

    /// A customer whose id was known, as the POS now has it.
    pub(super) fn confirmed(&mut self, customer: Option<&PosCustomer>) {
        let tried = self.state.candidates.first().cloned().unwrap_or_default();
        let stored = self.context.customer.as_ref();
        let stored = stored.is_some_and(|known| known.remote_id == tried);
        let phone = self.phone();
        let email = email_key(&self.context.order.billing.email);
        let fits = customer.filter(|customer| {
            let named = self.has_phone(customer, &phone)
                || (!email.is_empty() && customer.email_key == email);
            customer.id == tried && (stored || named) && self.in_branch(customer)
        });
        if fits.is_some() {
            return self.settle_customer(Some(tried));
        }
        if !self.state.candidates.is_empty() {
            self.state.candidates.remove(0);
        }
        if stored {
            self.told.customer_gone = customer.is_none();
            if self.state.candidates.is_empty() {
                return self.ask_mirror(&phone);
            }
        }
        self.next_customer();
    }

    /// What a search by phone gave: only rows that really have it count, the oldest first.
    pub(super) fn searched(&mut self, customers: &[PosCustomer]) {
        let phone = self.phone();
        let mut found: Option<&PosCustomer> = None;
        for customer in customers {
            let fits = self.has_phone(customer, &phone) && self.in_branch(customer);
            if fits && found.is_none_or(|found| after(&found.id, &customer.id)) {
                found = Some(customer);
            }
        }
        match found.map(|found| found.id.clone()) {
            Some(id) => {
                self.state.unknown_since = None;
                self.settle_customer(Some(id));
            }
            None => {
                self.state.place = self.state.place.saturating_add(1);
                self.next_customer();
            }
        }
    }

    pub(super) fn settle_customer(&mut self, id: Option<String>) {
        if let Some(id) = &id {
            self.told.customer = Some(KnownCustomer {
                user_id: self.context.order.user_id,
                remote_id: id.clone(),
            });
        } else if self.phone().is_empty() {
            self.say("order-walk-in", Severity::Notice, params(&[]));
        }
        self.state.customer_id = id;
        self.state.customer_settled = true;
        self.state.candidates.clear();
        self.state.by_email.clear();
        self.prepare();
    }

    fn has_phone(&self, customer: &PosCustomer, phone: &str) -> bool {
        !phone.is_empty() && (customer.phone_key == phone || customer.second_key == phone)
    }

    pub(super) fn by_branch(&self) -> bool {
        let settings = self.context.pos_settings.as_ref();
        settings.and_then(|settings| settings.customers_by_branch) == Some(true)
    }

    fn in_branch(&self, customer: &PosCustomer) -> bool {
        if !self.by_branch() {
            return true;
        }
        let branch = self.plan().branch_id;
        customer.branch_id.as_ref() == Some(&branch)
    }
}

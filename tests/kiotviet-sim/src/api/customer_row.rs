//! A customer as REST shows it (§5).

use crate::catalogue::{Catalogue, Customer, INVOICE_CANCELLED};
use crate::number::Number;
use crate::switches::Switches;
use crate::trade::totals;
use crate::wire::Row;

/// Writes customers.
pub struct Writer<'a> {
    /// The shop.
    pub shop: &'a Catalogue,
    /// Readings in force.
    pub switches: &'a Switches,
    /// With what was bought and paid.
    pub totals: bool,
    /// With the groups.
    pub groups: bool,
}

impl Writer<'_> {
    /// The row. Of a masked customer the contact stays away.
    pub fn row(&self, customer: &Customer) -> String {
        let mut row = Row::new();
        row.int("id", customer.id)
            .text("code", &customer.code)
            .text("name", &customer.shown_name())
            .int("type", customer.kind);
        if let Some(gender) = customer.gender {
            row.flag("gender", gender);
        }
        row.date_if("birthDate", customer.birth_date)
            .text_if("contactNumber", customer.shown(&customer.contact_number))
            .text_if("subNumber", customer.shown(&customer.sub_number))
            .text_if(
                "identificationNumber",
                customer.shown(&customer.identification_number),
            )
            .text_if("address", customer.shown(&customer.address))
            .int("retailerId", self.shop.shop.retailer_id)
            .int_if("branchId", customer.branch_id)
            .text_if("locationName", customer.location_name.as_deref())
            .text_if("wardName", customer.ward_name.as_deref())
            .text_if("email", customer.shown(&customer.email))
            .text_if("organization", customer.organization.as_deref())
            .text_if("comments", customer.comments.as_deref())
            .text_if("taxCode", customer.tax_code.as_deref());
        self.money(&mut row, customer);
        if self.groups {
            self.group_rows(&mut row, customer);
        }
        row.date_if("modifiedDate", customer.modified_date)
            .date_if("createdDate", customer.created_date);
        row.finish_with(customer.raw.as_deref())
    }

    fn money(&self, row: &mut Row, customer: &Customer) {
        let invoices = self.shop.invoices.iter();
        let own = invoices
            .filter(|row| row.customer_id == Some(customer.id) && row.status != INVOICE_CANCELLED);
        let sums = own.map(|row| totals::of(self.shop, self.switches, row));
        let (invoiced, paid) = sums.fold((0.0, 0.0), |(total, paid), sums| {
            (total + sums.total.0, paid + sums.paid.0)
        });
        row.number("debt", Number(invoiced - paid).tidy(), customer.id % 2 == 0);
        if self.totals {
            row.number("totalInvoiced", Number(invoiced).tidy(), false)
                .number("totalRevenue", Number(invoiced).tidy(), false)
                .int("totalPoint", customer.reward_point.unwrap_or(0));
        }
        row.int_if("rewardPoint", customer.reward_point);
    }

    fn group_rows(&self, row: &mut Row, customer: &Customer) {
        let named = self.shop.groups.iter();
        let named: Vec<&str> = named
            .filter(|group| customer.group_ids.contains(&group.id))
            .map(|group| group.name.as_str())
            .collect();
        if !named.is_empty() {
            row.text("groups", &named.join("|"));
        }
        row.list_if("customerGroupDetails", group_details(customer));
    }
}

/// Which groups a customer is in.
pub fn group_details(customer: &Customer) -> Vec<String> {
    let rows = customer.group_ids.iter().zip(1_i64..);
    let rows = rows.map(|(group, position)| {
        Row::new()
            .int("id", customer.id * 10 + position)
            .int("customerId", customer.id)
            .int("groupId", *group)
            .finish()
    });
    rows.collect()
}

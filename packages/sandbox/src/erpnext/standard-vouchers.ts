// Invoices and payments of ERPNext 15; see `standard.ts` for the notation.

/** Compact field tables by doctype; read by `meta.ts`. */
export const vouchers: Readonly<Record<string, string>> = {
  'Sales Invoice': `naming_series: submittable
    naming_series | Select:ACC-SINV-.YYYY.-,ACC-SINV-RET-.YYYY.- | reqd once no_copy =ACC-SINV-.YYYY.-
    customer | Link:Customer
    customer_name | Small Text
    company | Link:Company | reqd
    posting_date | Date | reqd no_copy
    posting_time | Time | no_copy
    set_posting_time | Check
    due_date | Date | no_copy
    is_return | Check | no_copy
    return_against | Link:Sales Invoice | no_copy
    update_outstanding_for_self | Check | no_copy =1
    project | Link:Project
    currency | Link:Currency | reqd
    conversion_rate | Float | reqd
    selling_price_list | Link:Price List | reqd
    price_list_currency | Link:Currency | reqd
    plc_conversion_rate | Float | reqd
    ignore_pricing_rule | Check
    taxes_and_charges | Link:Sales Taxes and Charges Template
    tax_category | Link:Tax Category
    items | Table:Sales Invoice Item | reqd
    taxes | Table:Sales Taxes and Charges
    total_qty | Float
    total | Currency
    net_total | Currency
    total_taxes_and_charges | Currency
    apply_discount_on | Select:,Grand Total,Net Total | =Grand Total
    additional_discount_percentage | Float
    discount_amount | Currency
    grand_total | Currency | reqd
    rounding_adjustment | Currency | no_copy
    rounded_total | Currency
    in_words | Data
    total_advance | Currency
    outstanding_amount | Currency | no_copy
    disable_rounded_total | Check
    allocate_advances_automatically | Check
    only_include_allocated_payments | Check
    advances | Table:Sales Invoice Advance
    payment_terms_template | Data
    debit_to | Link:Account | reqd
    status | Select:,Draft,Return,Credit Note Issued,Submitted,Paid,Partly Paid,Unpaid,Overdue,Cancelled | no_copy =Draft
    remarks | Small Text | no_copy
    contact_email | Data
    customer_address | Link:Address
    language | Link:Language`,
  'Sales Invoice Item': `hash table
    item_code | Link:Item
    item_name | Data | reqd
    description | Text Editor
    qty | Float
    uom | Link:UOM | reqd
    conversion_factor | Float | reqd
    price_list_rate | Currency
    discount_percentage | Percent
    discount_amount | Currency
    rate | Currency
    amount | Currency
    net_rate | Currency
    net_amount | Currency
    income_account | Link:Account | reqd
    cost_center | Link:Cost Center | reqd
    item_tax_template | Data
    service_start_date | Date
    service_end_date | Date`,
  'Sales Taxes and Charges': `hash table
    charge_type | Select:,Actual,On Net Total,On Previous Row Amount,On Previous Row Total,On Item Quantity | reqd
    row_id | Data
    account_head | Link:Account | reqd
    description | Small Text | reqd
    included_in_print_rate | Check
    rate | Float
    tax_amount | Currency
    tax_amount_after_discount_amount | Currency
    total | Currency
    cost_center | Link:Cost Center`,
  'Sales Invoice Advance': `hash table
    reference_type | Link:DocType
    reference_name | Dynamic Link:reference_type | no_copy
    reference_row | Data
    remarks | Text
    advance_amount | Currency
    allocated_amount | Currency`,
  'Payment Entry': `naming_series: submittable
    naming_series | Select:ACC-PAY-.YYYY.- | reqd once =ACC-PAY-.YYYY.-
    payment_type | Select:Receive,Pay,Internal Transfer | reqd
    posting_date | Date | reqd
    company | Link:Company | reqd
    mode_of_payment | Link:Mode of Payment
    party_type | Link:DocType
    party | Dynamic Link:party_type
    party_name | Data
    paid_from | Link:Account | reqd
    paid_from_account_currency | Link:Currency | reqd
    paid_to | Link:Account | reqd
    paid_to_account_currency | Link:Currency | reqd
    paid_amount | Currency | reqd
    received_amount | Currency | reqd
    source_exchange_rate | Float | reqd
    target_exchange_rate | Float | reqd
    references | Table:Payment Entry Reference
    deductions | Table:Payment Entry Deduction
    total_allocated_amount | Currency
    unallocated_amount | Currency
    difference_amount | Currency
    reference_no | Data
    reference_date | Date
    status | Select:,Draft,Submitted,Cancelled | no_copy =Draft
    remarks | Small Text | no_copy`,
  'Payment Entry Reference': `hash table
    reference_doctype | Link:DocType | reqd
    reference_name | Dynamic Link:reference_doctype | reqd
    due_date | Date
    total_amount | Float
    outstanding_amount | Float
    allocated_amount | Float`,
  'Payment Entry Deduction': `hash table
    account | Link:Account | reqd
    cost_center | Link:Cost Center | reqd
    amount | Currency | reqd
    description | Small Text`,
};

// People, masters and settings of ERPNext 15; see `standard.ts` for the notation.

/** Compact field tables by doctype; read by `meta.ts`. */
export const masters: Readonly<Record<string, string>> = {
  User: `field:email
    email | Data | reqd
    enabled | Check | =1
    first_name | Data | reqd
    last_name | Data
    full_name | Data
    username | Data | unique
    language | Link:Language
    time_zone | Data
    mobile_no | Data | unique
    user_type | Data | =System User
    send_welcome_email | Check | =1
    new_password | Password
    api_key | Data | unique
    api_secret | Password
    roles | Table:Has Role`,
  'Has Role': `hash table
    role | Link:Role`,
  Company: `field:company_name
    company_name | Data | reqd unique
    abbr | Data | reqd
    default_currency | Link:Currency | reqd
    country | Link:Country | reqd
    default_receivable_account | Data
    default_income_account | Data
    cost_center | Data
    default_holiday_list | Data`,
  'Customer Group': `field:customer_group_name
    customer_group_name | Data | reqd unique
    parent_customer_group | Link:Customer Group
    is_group | Check`,
  Territory: `field:territory_name
    territory_name | Data | reqd unique
    parent_territory | Link:Territory
    is_group | Check`,
  'Item Group': `field:item_group_name
    item_group_name | Data | reqd unique
    parent_item_group | Link:Item Group
    is_group | Check`,
  Account: `format
    account_name | Data | reqd
    company | Link:Company | reqd
    parent_account | Link:Account
    root_type | Select:,Asset,Liability,Income,Expense,Equity
    account_type | Data
    account_currency | Link:Currency
    is_group | Check`,
  'Cost Center': `format
    cost_center_name | Data | reqd
    company | Link:Company | reqd
    is_group | Check`,
  'Mode of Payment': `field:mode_of_payment
    mode_of_payment | Data | reqd unique
    enabled | Check | =1
    type | Select:Cash,Bank,General,Phone
    accounts | Table:Mode of Payment Account`,
  'Mode of Payment Account': `hash table
    company | Link:Company
    default_account | Link:Account`,
  'Price List': `field:price_list_name
    price_list_name | Data | reqd unique
    enabled | Check | =1
    currency | Link:Currency | reqd
    selling | Check
    buying | Check`,
  'Sales Taxes and Charges Template': `format
    title | Data | reqd
    company | Link:Company | reqd
    is_default | Check
    disabled | Check
    tax_category | Link:Tax Category
    taxes | Table:Sales Taxes and Charges`,
  'Tax Category': `field:title
    title | Data | reqd unique
    disabled | Check`,
  UOM: `field:uom_name
    uom_name | Data | reqd unique
    enabled | Check | =1
    must_be_whole_number | Check`,
  Country: `field:country_name
    country_name | Data | reqd unique
    code | Data`,
  Currency: `field:currency_name
    currency_name | Data | reqd unique
    enabled | Check
    fraction_units | Int
    smallest_currency_fraction_value | Currency`,
  Language: `field:language_code
    language_code | Data | reqd unique
    language_name | Data | reqd`,
  Role: `field:role_name
    role_name | Data | reqd unique
    desk_access | Check | =1`,
  'Issue Priority': `prompt
    description | Small Text`,
  'Issue Type': `prompt
    description | Small Text`,
  'Task Type': `prompt
    description | Small Text`,
  'Lead Source': `field:source_name
    source_name | Data | reqd unique`,
  'Market Segment': `field:market_segment
    market_segment | Data | unique`,
  ToDo: `hash
    status | Select:Open,Closed,Cancelled | =Open
    priority | Select:High,Medium,Low | =Medium
    date | Date
    allocated_to | Link:User
    description | Text Editor | reqd
    reference_type | Link:DocType
    reference_name | Dynamic Link:reference_type
    assigned_by | Link:User`,
  Comment: `hash
    comment_type | Select:Comment,Like,Info,Label,Assigned | reqd =Comment
    comment_email | Data
    comment_by | Data
    reference_doctype | Link:DocType
    reference_name | Dynamic Link:reference_doctype
    content | HTML Editor`,
  File: `hash
    file_name | Data
    file_url | Small Text
    is_private | Check
    is_folder | Check
    file_size | Int
    content_hash | Data
    attached_to_doctype | Link:DocType
    attached_to_name | Data
    attached_to_field | Data
    folder | Data`,
  'System Settings': `prompt single
    rounding_method | Select:Banker's Rounding (legacy),Banker's Rounding,Commercial Rounding
    time_zone | Data
    language | Link:Language
    allow_error_traceback | Check
    max_file_size | Int
    country | Link:Country`,
  'Global Defaults': `prompt single
    default_company | Link:Company
    default_currency | Link:Currency
    disable_rounded_total | Check
    country | Link:Country`,
  'Selling Settings': `prompt single
    cust_master_name | Select:Customer Name,Naming Series,Auto Name
    customer_group | Link:Customer Group
    territory | Link:Territory
    selling_price_list | Link:Price List
    allow_negative_rates_for_items | Check`,
  'CRM Settings': `prompt single
    allow_lead_duplication_based_on_emails | Check`,
  'Accounts Settings': `prompt single
    unlink_payment_on_cancellation_of_invoice | Check
    add_taxes_from_taxes_and_charges_template | Check`,
};

import { masters } from './standard-masters.ts';
import { schemaDoctypes } from './standard-schema.ts';
import { vouchers } from './standard-vouchers.ts';

// The parts of ERPNext 15's own doctypes that the path touches: `autoname [single|table|submittable]`, then `field | type:options | flags =default`.

/** Compact field tables by doctype; read by `meta.ts`. */
export const standardDoctypes: Readonly<Record<string, string>> = {
  ...schemaDoctypes,
  ...vouchers,
  ...masters,
  Customer: `naming_series:
    naming_series | Select:CUST-.YYYY.- | once no_copy =CUST-.YYYY.-
    customer_name | Data | reqd
    customer_type | Select:Company,Individual,Proprietorship,Partnership | reqd =Company
    customer_group | Link:Customer Group
    territory | Link:Territory
    lead_name | Link:Lead
    language | Link:Language
    default_currency | Link:Currency
    default_price_list | Link:Price List
    tax_category | Link:Tax Category
    payment_terms | Data
    email_id | Read Only
    mobile_no | Read Only
    customer_primary_contact | Link:Contact
    customer_primary_address | Link:Address
    primary_address | Text
    disabled | Check
    is_frozen | Check
    website | Data
    customer_details | Text`,
  Contact: `format
    first_name | Data
    last_name | Data
    full_name | Data
    email_id | Data
    phone | Data
    mobile_no | Data
    is_primary_contact | Check
    status | Select:Passive,Open,Replied | =Passive
    email_ids | Table:Contact Email
    phone_nos | Table:Contact Phone
    links | Table:Dynamic Link`,
  'Contact Email': `hash table
    email_id | Data
    is_primary | Check`,
  'Contact Phone': `hash table
    phone | Data | reqd
    is_primary_phone | Check
    is_primary_mobile_no | Check`,
  'Dynamic Link': `hash table
    link_doctype | Link:DocType | reqd
    link_name | Dynamic Link:link_doctype | reqd
    link_title | Read Only`,
  Address: `format
    address_title | Data
    address_type | Select:Billing,Shipping,Office,Personal,Plant,Postal,Shop,Subsidiary,Warehouse,Current,Permanent,Other | reqd
    address_line1 | Data | reqd
    address_line2 | Data
    city | Data | reqd
    county | Data
    state | Data
    country | Link:Country | reqd
    pincode | Data
    email_id | Data
    phone | Data
    is_primary_address | Check
    is_shipping_address | Check
    links | Table:Dynamic Link`,
  Lead: `naming_series:
    naming_series | Select:CRM-LEAD-.YYYY.- | once no_copy =CRM-LEAD-.YYYY.-
    salutation | Data
    first_name | Data
    last_name | Data
    lead_name | Data
    title | Data
    company_name | Data
    email_id | Data
    mobile_no | Data
    phone | Data
    status | Select:Lead,Open,Replied,Opportunity,Quotation,Lost Quotation,Interested,Converted,Do Not Contact | reqd no_copy =Lead
    type | Select:,Client,Channel Partner,Consultant
    request_type | Select:,Product Enquiry,Request for Information,Suggestions,Other
    market_segment | Link:Market Segment
    source | Link:Lead Source
    campaign_name | Data
    territory | Link:Territory
    city | Data
    state | Data
    country | Link:Country
    lead_owner | Link:User
    company | Link:Company
    language | Link:Language
    notes | Table:CRM Note`,
  'CRM Note': `hash table
    note | Text Editor
    added_by | Link:User
    added_on | Datetime`,
  Issue: `naming_series:
    naming_series | Select:ISS-.YYYY.- | once no_copy =ISS-.YYYY.-
    subject | Data | reqd
    status | Select:Open,Replied,On Hold,Resolved,Closed | no_copy =Open
    priority | Link:Issue Priority
    issue_type | Link:Issue Type
    customer | Link:Customer
    customer_name | Data
    lead | Link:Lead
    contact | Link:Contact
    project | Link:Project
    company | Link:Company
    raised_by | Data
    description | Text Editor
    resolution_details | Text Editor
    opening_date | Date
    opening_time | Time
    resolution_by | Datetime`,
  Project: `format
    naming_series | Select:PROJ-.#### | reqd once no_copy =PROJ-.####
    project_name | Data | reqd unique
    status | Select:Open,Completed,Cancelled | no_copy =Open
    project_type | Data
    is_active | Select:Yes,No | =Yes
    priority | Select:Medium,Low,High
    expected_start_date | Date
    expected_end_date | Date
    percent_complete_method | Select:Manual,Task Completion,Task Progress,Task Weight | =Task Completion
    percent_complete | Percent
    customer | Link:Customer
    company | Link:Company | reqd
    notes | Text Editor`,
  Task: `format
    subject | Data | reqd
    project | Link:Project
    issue | Link:Issue
    type | Link:Task Type
    status | Select:Open,Working,Pending Review,Overdue,Template,Completed,Cancelled | no_copy =Open
    priority | Select:Low,Medium,High,Urgent | =Low
    task_weight | Float
    exp_start_date | Date
    exp_end_date | Date
    expected_time | Float
    progress | Percent
    is_milestone | Check
    is_template | Check
    is_group | Check
    description | Text Editor
    depends_on | Table:Task Depends On
    depends_on_tasks | Code
    completed_by | Link:User
    completed_on | Date
    company | Link:Company
    department | Data`,
  'Task Depends On': `hash table
    task | Link:Task
    subject | Text
    project | Text`,
  Item: `field:item_code
    item_code | Data | reqd unique
    item_name | Data
    item_group | Link:Item Group | reqd
    stock_uom | Link:UOM | reqd
    disabled | Check
    is_stock_item | Check | =1
    is_sales_item | Check | =1
    include_item_in_manufacturing | Check | =1
    standard_rate | Currency
    description | Text Editor
    item_defaults | Table:Item Default`,
  'Item Default': `hash table
    company | Link:Company | reqd
    income_account | Link:Account
    selling_cost_center | Link:Cost Center`,
  'Item Price': `hash
    item_code | Link:Item | reqd
    item_name | Data
    uom | Link:UOM
    price_list | Link:Price List | reqd
    currency | Link:Currency
    selling | Check
    price_list_rate | Currency | reqd
    valid_from | Date
    valid_upto | Date
    customer | Link:Customer`,
};

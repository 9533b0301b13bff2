// What a Frappe site is described with: doctypes, added fields, rights, hooks; see `standard.ts` for the notation.

const column = `label | Data
    fieldtype | Data | reqd =Data
    fieldname | Data
    options | Small Text
    default | Small Text
    length | Int
    precision | Data
    description | Small Text
    reqd | Check
    unique | Check
    no_copy | Check
    non_negative | Check
    set_only_once | Check
    search_index | Check
    in_list_view | Check
    in_standard_filter | Check
    in_global_search | Check
    print_hide | Check
    read_only | Check
    hidden | Check`;
const rights = `role | Link:Role | reqd
    permlevel | Int
    if_owner | Check
    read | Check | =1
    write | Check
    create | Check
    delete | Check
    submit | Check
    cancel | Check
    amend | Check
    report | Check
    export | Check
    print | Check
    email | Check
    share | Check`;

/** Compact field tables by doctype; read by `meta.ts`. */
export const schemaDoctypes: Readonly<Record<string, string>> = {
  DocType: `prompt
    module | Link:Module Def | reqd
    custom | Check
    istable | Check
    issingle | Check
    is_submittable | Check
    editable_grid | Check
    document_type | Select:,Document,Setup,System,Other
    naming_rule | Data
    autoname | Data
    title_field | Data
    search_fields | Data
    sort_field | Data | =creation
    sort_order | Select:ASC,DESC | =DESC
    track_changes | Check
    allow_rename | Check | =1
    fields | Table:DocField
    permissions | Table:DocPerm`,
  DocField: `hash table
    ${column}`,
  DocPerm: `hash table
    ${rights}`,
  'Custom Field': `format
    dt | Link:DocType | reqd
    module | Link:Module Def
    insert_after | Data
    ${column}`,
  'Custom DocPerm': `hash
    parent | Link:DocType
    ${rights}`,
  'Module Def': `field:module_name
    module_name | Data | reqd unique
    app_name | Data
    custom | Check`,
  Workflow: `field:workflow_name
    workflow_name | Data | reqd unique
    document_type | Link:DocType | reqd
    is_active | Check
    workflow_state_field | Data | reqd =workflow_state
    transitions | Table:Workflow Transition`,
  'Workflow Transition': `hash table
    state | Data | reqd
    action | Data | reqd
    next_state | Data | reqd
    allowed | Link:Role | reqd`,
  Webhook: `prompt
    webhook_doctype | Link:DocType | reqd once
    webhook_docevent | Select:after_insert,on_update,on_submit,on_cancel,on_trash,on_update_after_submit,on_change | once
    enabled | Check | =1
    condition | Small Text
    request_url | Data | reqd
    request_method | Select:POST,PUT,DELETE | reqd =POST
    request_structure | Select:,Form URL-Encoded,JSON
    timeout | Int | reqd =5
    enable_security | Check
    webhook_secret | Password
    webhook_headers | Table:Webhook Header
    webhook_data | Table:Webhook Data
    webhook_json | Code`,
  'Webhook Header': `hash table
    key | Small Text
    value | Small Text`,
  'Webhook Data': `hash table
    fieldname | Data | reqd
    key | Data | reqd`,
};

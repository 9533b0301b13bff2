export interface ConfPlaces {
  readonly folder: string;
  readonly conf: string;
  readonly kind: 'postgresql' | 'mysql';
  readonly dbPort: number;
  readonly authPort: number;
  readonly acctPort: number;
  readonly coaPort: number;
  readonly secret: string;
}
/** Where FreeRADIUS writes its log. */
export const coaLog = (folder: string): string => `${folder}/radius.log`;

/**
 * A whole FreeRADIUS configuration: logins and accounting by SQL, and a CoA listener that plays a NAS. Its parser wants a newline
 * after every `{`. Logins are not written to radpostauth, which would keep clear passwords.
 */
export function radiusdConf({ folder, conf, kind, dbPort, authPort, acctPort, coaPort, secret }: ConfPlaces): string {
  const listen = (type: string, port: number, more = '') => `listen {\n type = ${type}\n ipaddr = 127.0.0.1\n port = ${port}\n${more}}\n`;
  return `
prefix = /usr
exec_prefix = /usr
sysconfdir = /etc
localstatedir = ${folder}
sbindir = /usr/sbin
logdir = ${folder}
raddbdir = ${conf}
radacctdir = ${folder}/radacct
name = radiusd
confdir = ${conf}
modconfdir = ${conf}
certdir = ${conf}
cadir = ${conf}
run_dir = ${folder}
db_dir = ${conf}
libdir = /usr/lib/freeradius
pidfile = ${folder}/radiusd.pid
max_request_time = 10
cleanup_delay = 1
hostname_lookups = no
log {
 destination = files
 file = ${coaLog(folder)}
 auth = no
}
security {
 reject_delay = 0
 status_server = yes
}
proxy_requests = no
thread pool {
 start_servers = 1
 max_servers = 4
 min_spare_servers = 1
 max_spare_servers = 2
 max_requests_per_server = 0
}
client loopback {
 ipaddr = 127.0.0.1
 secret = ${secret}
 require_message_authenticator = yes
 shortname = loopback
}
modules {
 pap {
  normalise = yes
 }
 chap {
 }
 expr {
 }
 always reject {
  rcode = reject
 }
 always ok {
  rcode = ok
 }
 attr_filter attr_filter.access_reject {
  key = "%{User-Name}"
  filename = ${conf}/access_reject
 }
 preprocess {
 }
 sql {
  dialect = "${kind}"
  driver = "rlm_sql_${kind}"
  server = "127.0.0.1"
  port = ${dbPort}
  login = "radius"
  password = "${kind === 'mysql' ? 'radius' : ''}"
  radius_db = "radius"
  acct_table1 = "radacct"
  acct_table2 = "radacct"
  postauth_table = "radpostauth"
  authcheck_table = "radcheck"
  groupcheck_table = "radgroupcheck"
  authreply_table = "radreply"
  groupreply_table = "radgroupreply"
  usergroup_table = "radusergroup"
  client_table = "nas"
  read_clients = no
  read_groups = yes
  delete_stale_sessions = yes
  group_attribute = "SQL-Group"
  pool {
   start = 1
   min = 1
   max = 4
   spare = 1
   uses = 0
   retry_delay = 1
   lifetime = 0
   idle_timeout = 60
  }
  $INCLUDE ${conf}/queries.conf
 }
}
policy {
 acct_unique {
  update request {
   Acct-Unique-Session-Id := "%{md5:%{User-Name},%{Acct-Session-ID},%{NAS-IP-Address}}"
  }
 }
}
server default {
${listen('auth', authPort)}${listen('acct', acctPort)}
 authorize {
  preprocess
  chap
  sql
  pap
 }
 authenticate {
  Auth-Type PAP {
   pap
  }
  Auth-Type CHAP {
   chap
  }
 }
 preacct {
  preprocess
  acct_unique
 }
 accounting {
  sql
 }
 post-auth {
  Post-Auth-Type REJECT {
   attr_filter.access_reject
  }
 }
}
server coa {
${listen('coa', coaPort, ' virtual_server = coa\n')}
 recv-coa {
  if (&User-Name == "ghost") {
   update reply {
    Error-Cause := Session-Context-Not-Found
   }
   reject
  }
  else {
   update reply {
    Reply-Message += "rate=%{Mikrotik-Rate-Limit} sid=%{Acct-Session-Id} prefix=%{Delegated-IPv6-Prefix}"
   }
   ok
  }
 }
 send-coa {
  ok
 }
}
`;
}

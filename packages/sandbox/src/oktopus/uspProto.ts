import protobuf from 'protobufjs';

/** As much of usp-record-1-3 and usp-msg-1-3 as devices use to say what they are and what happened. */
const { root } = protobuf.parse(
  `syntax = "proto3";
  message Record { string version = 1; string to_id = 2; string from_id = 3; uint32 payload_security = 4; NoSessionContextRecord no_session_context = 7; }
  message NoSessionContextRecord { bytes payload = 2; }
  message Msg { Header header = 1; Body body = 2; }
  message Header { string msg_id = 1; uint32 msg_type = 2; }
  message Body { Request request = 1; Response response = 2; }
  message Request { Notify notify = 8; }
  message Response { GetResp get_resp = 1; }
  message GetResp { repeated RequestedPathResult req_path_results = 1; }
  message RequestedPathResult { string requested_path = 1; fixed32 err_code = 2; string err_msg = 3; repeated ResolvedPathResult resolved_path_results = 4; }
  message ResolvedPathResult { string resolved_path = 1; map<string, string> result_params = 2; }
  message Notify { string subscription_id = 1; bool send_resp = 2; Event event = 3; OnBoardRequest on_board_req = 8; }
  message Event { string obj_path = 1; string event_name = 2; map<string, string> params = 3; }
  message OnBoardRequest { string oui = 1; string product_class = 2; string serial_number = 3; string agent_supported_protocol_versions = 4; }`,
  { keepCase: true },
);

/** A USP Record from an agent, without session context. @example uspRecord('A1', { request: { notify: { event: { obj_path: 'Device.', event_name: 'Boot!' } } } }) */
export function uspRecord(from: string, body: object): Uint8Array {
  const Msg = root.lookupType('Msg');
  const Record = root.lookupType('Record');
  const payload = Msg.encode(Msg.fromObject({ header: { msg_id: 'sandbox', msg_type: 'request' in body ? 3 : 2 }, body })).finish();
  return Record.encode(Record.fromObject({ version: '1.3', to_id: 'oktopusController', from_id: from, no_session_context: { payload } })).finish();
}

// device.proto: devices, ports, software images (access reference 1.3).
import { count, EMPTY, field, flag, many, message, rpc, text, values } from './descriptorFields.ts';

const onDevice = rpc('common.ID', EMPTY);
const onSerial = rpc('device.OnuSerialNumberOnOLTPon', EMPTY);
const onImage = rpc('device.DeviceImageRequest', 'device.DeviceImageResponse');

/** Messages of package `device`. @example descriptor.nested.device.nested.Device */
export const device = {
  Device: message(
    {
      id: text(1), type: text(2), root: flag(3), parent_id: text(4), vendor: text(5), model: text(6), hardware_version: text(7),
      firmware_version: text(8), serial_number: text(10), mac_address: text(13), ipv4_address: text(14), ipv6_address: text(15),
      admin_state: field(16, 'common.AdminState.Types'), oper_status: field(17, 'common.OperStatus.Types'),
      connect_status: field(18, 'common.ConnectStatus.Types'), proxy_address: field(19, 'ProxyAddress'), parent_port_no: count(20),
      host_and_port: text(21), reason: text(22), vendor_id: text(24),
    },
    {
      oneofs: { address: { oneof: ['ipv4_address', 'ipv6_address', 'host_and_port'] } },
      nested: { ProxyAddress: message({ device_id: text(1), device_type: text(2), channel_id: count(3), onu_id: count(6) }) },
    },
  ),
  Devices: message({ items: many(1, 'Device') }),
  Port: message(
    {
      port_no: count(1), label: text(2), type: field(3, 'PortType'), admin_state: field(5, 'common.AdminState.Types'),
      oper_status: field(6, 'common.OperStatus.Types'), device_id: text(7), ofp_port: field(15, 'openflow_13.ofp_port'),
    },
    { nested: { PortType: values('UNKNOWN', 'ETHERNET_NNI', 'ETHERNET_UNI', 'PON_OLT', 'PON_ONU', 'VENET_OLT', 'VENET_ONU') } },
  ),
  Ports: message({ items: many(1, 'Port') }),
  OnuSerialNumberOnOLTPon: message({ olt_device_id: field(1, 'common.ID'), port: field(2, 'Port'), serial_number: text(3) }),
  Image: message({ name: text(1), version: text(2), url: text(8), vendor: text(9), crc32: count(10) }),
  DeviceImageDownloadRequest: message({ device_id: many(1, 'common.ID'), image: field(2, 'Image'), activateOnSuccess: flag(3), commitOnSuccess: flag(4) }),
  DeviceImageRequest: message({ device_id: many(1, 'common.ID'), version: text(2), commitOnSuccess: flag(3) }),
  ImageState: message(
    { version: text(1), download_state: field(2, 'ImageDownloadState'), reason: field(3, 'ImageFailureReason'), image_state: field(4, 'ImageActivationState') },
    {
      nested: {
        ImageDownloadState: values('DOWNLOAD_UNKNOWN', 'DOWNLOAD_SUCCEEDED', 'DOWNLOAD_REQUESTED', 'DOWNLOAD_STARTED', 'DOWNLOAD_FAILED', 'DOWNLOAD_UNSUPPORTED', 'DOWNLOAD_CANCELLING', 'DOWNLOAD_CANCELLED'),
        ImageFailureReason: values(
          'NO_ERROR', 'INVALID_URL', 'DEVICE_BUSY', 'INSUFFICIENT_SPACE', 'UNKNOWN_ERROR', 'CANCELLED_ON_REQUEST', 'CANCELLED_ON_ONU_STATE', 'VENDOR_DEVICE_MISMATCH', 'OMCI_TRANSFER_ERROR', 'IMAGE_REFUSED_BY_ONU',
        ),
        ImageActivationState: values(
          'IMAGE_UNKNOWN', 'IMAGE_INACTIVE', 'IMAGE_ACTIVATING', 'IMAGE_ACTIVE', 'IMAGE_COMMITTING', 'IMAGE_COMMITTED', 'IMAGE_ACTIVATION_ABORTING', 'IMAGE_ACTIVATION_ABORTED', 'IMAGE_COMMIT_ABORTING', 'IMAGE_COMMIT_ABORTED',
          'IMAGE_DOWNLOADING', 'IMAGE_DOWNLOADING_ABORTED',
        ),
      },
    },
  ),
  DeviceImageState: message({ device_id: text(1), imageState: field(2, 'ImageState') }),
  DeviceImageResponse: message({ device_image_states: many(1, 'DeviceImageState') }),
  // The official file spells it so.
  OnuImage: message({ version: text(1), isCommited: flag(2), isActive: flag(3), isValid: flag(4), productCode: text(5), hash: text(6) }),
  OnuImages: message({ items: many(1, 'OnuImage') }),
};

/** Package `voltha`: the calls of rw_core that are used here. @example Object.keys(voltha.VolthaService.methods) */
export const voltha = {
  Voltha: message({ version: text(1) }),
  VolthaService: {
    methods: {
      GetVoltha: rpc(EMPTY, 'Voltha'),
      ListDevices: rpc(EMPTY, 'device.Devices'),
      GetDevice: rpc('common.ID', 'device.Device'),
      CreateDevice: rpc('device.Device', 'device.Device'),
      EnableDevice: onDevice,
      DisableDevice: onDevice,
      RebootDevice: onDevice,
      DeleteDevice: onDevice,
      ListDevicePorts: rpc('common.ID', 'device.Ports'),
      EnableOnuDevice: onDevice,
      DisableOnuDevice: onDevice,
      EnableOnuSerialNumber: onSerial,
      DisableOnuSerialNumber: onSerial,
      DownloadImageToDevice: rpc('device.DeviceImageDownloadRequest', 'device.DeviceImageResponse'),
      GetImageStatus: onImage,
      ActivateImage: onImage,
      CommitImage: onImage,
      AbortImageUpgradeToDevice: onImage,
      GetOnuImages: rpc('common.ID', 'device.OnuImages'),
    },
  },
};

export { traccarClient, type Device, type GpsEvent, type Traccar } from './client.ts';
export { circleArea, sameCircle, type Circle, type Geofence } from './geofence.ts';
export { toPosition, type Position } from './position.ts';

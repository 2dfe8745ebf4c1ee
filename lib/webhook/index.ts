export { answer } from './answer';
export { triggerCredential } from './credential';
export { answeredAsChosen } from './description';
export { safeHeaders, safeQuery } from './meta';
export { isRepeat, receive, unreadBody, type Guard, type ReceivedRequest } from './receive';
export { RecentDeliveries, type RecentLimits } from './recent';
export { verify, type Scheme, type SignedRequest, type Verdict } from './verify';

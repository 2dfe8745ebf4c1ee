import type { INodeListSearchResult } from 'n8n-workflow';

/** Suggestions only: any name that GA4 takes may be typed instead (recommended events, and a front desk's own). */
const SUGGESTED: Record<string, string> = {
	begin_checkout: 'A booking was begun',
	book_appointment: 'An appointment was booked',
	cancel_appointment: 'An appointment was cancelled',
	close_convert_lead: 'A lead became a client',
	close_unconvert_lead: 'A lead was lost',
	complete_visit: 'A visit took place',
	contact: 'Somebody wrote or called',
	disqualify_lead: 'A lead does not fit',
	generate_lead: 'A lead came in',
	miss_appointment: 'A client did not come',
	purchase: 'A service was paid',
	qualify_lead: 'A lead fits',
	refund: 'A payment was returned',
	request_consultation: 'A consultation was asked for',
	reschedule_appointment: 'An appointment was moved',
	sign_up: 'Somebody signed up',
	submit_survey: 'A survey was answered',
	working_lead: 'A consultant is in touch with a lead',
};

/** Suggests event names whose name or meaning holds the typed text. */
export async function searchEventNames(this: unknown, filter = ''): Promise<INodeListSearchResult> {
	const wanted = filter.toLowerCase();
	return {
		results: Object.entries(SUGGESTED)
			.filter(([name, meaning]) => `${name} ${meaning}`.toLowerCase().includes(wanted))
			.map(([name, meaning]) => ({ name: `${name} (${meaning})`, value: name })),
	};
}

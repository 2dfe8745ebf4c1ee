import type { INodeProperties } from 'n8n-workflow';
import { ProviderError } from '../../../lib/http';
import { operation } from '../../../lib/operations';
import { isUncertain } from '../api';
import type { AltegioApi } from '../connection';
import * as fields from '../fields';
import { changeRecord, deleteRecord, getRecord } from '../records';
import { isDeleted } from '../shape';
import { answerWith } from './answer';

const reason: INodeProperties = {
	displayName: 'Reason',
	name: 'reason',
	type: 'string',
	default: '',
	description: "Added to the appointment's comment first, since Altegio takes no reason",
};

/** Deletes; where the answer is lost, or somebody else was quicker, it is enough that the record is deleted now. */
async function deleteSafely(api: AltegioApi, company: string, id: string): Promise<void> {
	await deleteRecord(api, company, id).catch(async (error: unknown) => {
		const gone = error instanceof ProviderError && error.reason.status === 404;
		if (gone || (isUncertain(error) && isDeleted(await getRecord(api, company, id)))) return;
		throw error;
	});
}

/** Cancels an appointment: DELETE /record/{company}/{id}, which keeps the record, marked deleted. */
export const cancel = operation<AltegioApi>({
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel appointment',
	description: 'Cancel an appointment; one that is cancelled already is given as it is',
	fields: [fields.location, fields.appointmentId, reason, fields.timeZone, ...fields.outputFields],
	run: async ({ api, input }) => {
		const company = fields.numericId(input, 'location');
		const id = fields.numericId(input, 'appointmentId');
		const reading = await fields.readingFor(api, input, company);
		const why = input.optionalText('reason');
		let record = await getRecord(api, company, id);
		if (!isDeleted(record)) {
			if (why) {
				const comment = [record.comment, why].filter(Boolean).join('\n');
				record = await changeRecord(api, company, record, { comment, save_if_busy: true });
			}
			await deleteSafely(api, company, id);
			record = { ...record, deleted: true };
		}
		return await answerWith(api, input, { company, record, reading });
	},
});

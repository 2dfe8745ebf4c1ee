import type { IDataObject } from 'n8n-workflow';
import type { ItemInput } from '../../../lib/operations';
import type { AltegioApi } from '../connection';
import { withClientFields } from '../fields';
import { toAppointment, type Reading } from '../shape';
import type { AltegioRecord } from '../types';

/** An appointment as the operator wants it: in the one shape, or as Altegio has it. */
export async function answerWith(
	api: AltegioApi,
	input: ItemInput,
	{ company, record, reading }: { company: string; record: AltegioRecord; reading: Reading },
): Promise<IDataObject> {
	if (!input.boolean('simplify')) return { ...record };
	return { ...toAppointment(await withClientFields(api, company, record, reading), reading) } as IDataObject;
}

import { useState } from 'preact/hooks';
import { LANGUAGES, type Customer } from '../model';
import { Pill, Problem } from './parts';
import { useAsk } from './store';

interface Answer {
	status: number;
	body: unknown;
}

/** Fields of a person, filled in. */
export const PersonFields = ({ customer }: { customer: Customer }) => (
	<>
		<label class="field">
			<span>Name</span>
			<input name="name" defaultValue={customer.name} autocomplete="off" />
		</label>
		<label class="field">
			<span>Phone</span>
			<input name="phone" type="tel" defaultValue={customer.phone} autocomplete="off" />
		</label>
		<label class="field">
			<span>E-mail</span>
			<input name="email" type="email" defaultValue={customer.email} autocomplete="off" />
		</label>
		<label class="field">
			<span>Language</span>
			<select name="language" defaultValue={customer.language}>
				{Object.entries(LANGUAGES).map(([code, name]) => (
					<option key={code} value={code} selected={code === customer.language}>
						{name}
					</option>
				))}
			</select>
		</label>
	</>
);

/** What a form holds, by name. */
export const valuesOf = (form: HTMLFormElement): Record<string, string> =>
	Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/** The form on the salon's website, and what its server got for an answer. */
export function WebFormTab({ customer }: { customer: Customer }) {
	const { isBusy, error, run } = useAsk();
	const [answer, setAnswer] = useState<Answer>();
	const onSubmit = async (event: SubmitEvent) => {
		event.preventDefault();
		setAnswer(undefined);
		const { gdpr, marketing, ...person } = valuesOf(event.currentTarget as HTMLFormElement);
		const values = { ...person, gdpr: gdpr === 'on', marketing: marketing === 'on' };
		setAnswer(await run<Answer>('website/send', values));
	};
	return (
		<form class="webform" key={customer.phone} noValidate onSubmit={(event) => void onSubmit(event)}>
			<h3>Ask for an appointment</h3>
			<PersonFields customer={customer} />
			<label class="field">
				<span>What about</span>
				<input name="topic" defaultValue="Haircut" autocomplete="off" />
			</label>
			<label class="check">
				<input type="checkbox" name="gdpr" defaultChecked /> You may write to me about this
			</label>
			<label class="check">
				<input type="checkbox" name="marketing" /> Send me offers
			</label>
			<button type="submit" disabled={isBusy}>
				Send the form
			</button>
			<Problem>{error}</Problem>
			<div role="status">
				{answer && (
					<>
						<p>
							<Pill tone={answer.status < 400 ? 'good' : 'bad'}>{answer.status}</Pill> is what the website’s
							server gets
						</p>
						<pre>{JSON.stringify(answer.body, null, 2)}</pre>
					</>
				)}
			</div>
		</form>
	);
}

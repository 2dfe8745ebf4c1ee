/** What a business wants done, in the order of a client's way, and the flows that do it. */
export const TASKS: Array<{ task: string; flows: string[] }> = [
	{ task: 'Set Frontdesk up', flows: ['setup', 'settings'] },
	{
		task: 'Talk to new clients',
		flows: ['lead-consultation', 'lead-intake', 'lead-qualified', 'whatsapp-assistant', 'chat-events'],
	},
	{
		task: 'Book appointments',
		flows: [
			'booking-availability',
			'booking-create',
			'booking-change',
			'book-by-hand',
			'calcom-events',
			'calendly-events',
		],
	},
	{ task: 'Remind', flows: ['appointment-reminders', 'photo-reminders'] },
	{ task: 'Ask how it was', flows: ['visits-sync', 'visit-survey', 'survey-answers'] },
	{ task: 'Know the client', flows: ['chatwoot-link-client', 'find-client-by-instagram'] },
	{ task: 'Look after personal data', flows: ['export-or-erase-person', 'purge-old-rows'] },
	{ task: 'Keep an eye on it', flows: ['deliveries-sweep', 'daily-report', 'health-check', 'error-alerts'] },
];

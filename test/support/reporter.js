/**
 * Tells at once what a suite of one long file would tell at its end: each failure, and, where the suite is ended from
 * outside, the tests that were under way.
 */
module.exports = class {
	constructor() {
		this.underWay = new Set();
		process.once('SIGTERM', () => {
			console.error(`Ended from outside during: ${[...this.underWay].join('; ')}`);
			process.exit(1);
		});
	}

	onTestCaseStart(_test, { fullName }) {
		this.underWay.add(fullName);
	}

	onTestCaseResult(_test, { status, fullName, duration, failureMessages }) {
		this.underWay.delete(fullName);
		if (status !== 'failed') return;
		console.error(`✗ ${fullName} (${Math.round(duration / 1000)} s)\n${failureMessages.join('\n')}`);
	}
};

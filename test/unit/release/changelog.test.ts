import { headingOf } from '../../../release/changelog';

const CHANGELOG = '# Changelog\n\n## [0.2.0] - Unreleased\n\n### Added\n\n## [0.1.0] - 2026-12-01\n';

it.each([
	['0.2.0', 'Unreleased'],
	['0.1.0', '2026-12-01'],
	['0.3.0', undefined],
])('finds the entry of %s: %s', (version, heading) => {
	expect(headingOf(CHANGELOG, version)).toBe(heading);
});

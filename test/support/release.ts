import nock from 'nock';

// A test that failed before it stopped its interceptor must not answer the next file's requests.
afterAll(() => {
	nock.cleanAll();
	nock.restore();
});

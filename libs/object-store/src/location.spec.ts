import { formatLocation, parseLocation } from './location.js';

describe('parseLocation', () => {
  it.each([
    ['s3://bucket/prefix/', { bucket: 'bucket', key: 'prefix' }],
    ['s3://bucket/a/b', { bucket: 'bucket', key: 'a/b' }],
    ['s3://bucket', { bucket: 'bucket', key: '' }],
    ['s3://bucket/', { bucket: 'bucket', key: '' }],
  ])('reads %s', (text, expected) => expect(parseLocation(text)).toEqual(expected));

  it.each([
    '',
    'bucket/key',
    'https://bucket/key',
    's3:///key',
    's3://Bucket/key',
    's3://bucket/a//b',
    's3://bucket/../b',
    's3://bucket/./b',
  ])('refuses "%s"', (text) => expect(() => parseLocation(text)).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' })));

  it('is undone by formatLocation', () => expect(formatLocation(parseLocation('s3://bucket/a/b'))).toBe('s3://bucket/a/b'));
});

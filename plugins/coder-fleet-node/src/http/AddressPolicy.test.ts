import { AddressPolicy } from './AddressPolicy';

describe('AddressPolicy', () => {
  const closed = AddressPolicy.create({ allow: [] });
  const open = AddressPolicy.create({ allow: ['0.0.0.0/0', '::/0'] });

  it.each(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
    'lets public unicast %s through',
    address => {
      expect(closed.refusal(address)).toBeUndefined();
    },
  );

  it.each([
    ['0.0.0.0', 'this host'],
    ['127.0.0.1', 'loopback'],
    ['127.1.2.3', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['192.168.1.1', 'private'],
    ['169.254.1.1', 'link-local'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['192.0.2.1', 'documentation'],
    ['198.18.0.1', 'benchmarking'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::7f00:1', 'loopback in an IPv4-compatible address'],
    ['::ffff:127.0.0.1', 'mapped loopback'],
    ['::ffff:7f00:1', 'mapped loopback in hexadecimal'],
    ['::ffff:0:127.0.0.1', 'translated loopback'],
    ['64:ff9b::7f00:1', 'NAT64'],
    ['2002:7f00:1::', '6to4'],
    ['2001:db8::1', 'documentation'],
    ['fc00::1', 'unique local'],
    ['fd12:3456::1', 'unique local'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with a zone'],
    ['ff02::1', 'multicast'],
    ['4000::1', 'never handed out'],
    ['2130706433', 'loopback in decimal'],
    ['0x7f000001', 'loopback in hexadecimal'],
    ['0177.0.0.1', 'loopback in octal'],
    ['127.1', 'short loopback'],
    ['not an address', 'no address'],
  ])('refuses %s (%s) unless configured', address => {
    expect(closed.refusal(address)).toBeDefined();
  });

  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1:a9fe:a9:fe00::',
    '2002:a9fe:a9fe::1',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    'fd00:ec2::254',
    '169.254.170.2',
    '169.254.170.23',
    '168.63.129.16',
    '100.100.100.200',
    'fd20:ce::254',
  ])(
    'refuses cloud metadata at %s even when everything is allowed',
    address => {
      expect(open.refusal(address)).toContain('cloud credentials');
    },
  );

  it.each([
    ['10.0.0.0/8', '10.1.2.3', '172.16.0.1'],
    ['10.1.2.3', '10.1.2.3', '10.1.2.4'],
    ['127.0.0.0/8', '::ffff:127.0.0.1', '::1'],
    ['::ffff:10.0.0.0/104', '10.9.9.9', '192.168.0.1'],
    ['fd00::/8', 'fd12::1', 'fc00::1'],
    ['::1/128', '::1', '127.0.0.1'],
  ])('allows with %s the address %s and not %s', (range, inside, outside) => {
    const policy = AddressPolicy.create({ allow: [range] });
    expect(policy.refusal(inside)).toBeUndefined();
    expect(policy.refusal(outside)).toBeDefined();
  });

  it('says what to configure', () => {
    expect(closed.refusal('10.1.2.3')).toContain(
      'add 10.1.2.3/32 to coderFleet.outbound.allow',
    );
    expect(closed.refusal('fd12::1')).toContain(
      'add fd12::1/128 to coderFleet.outbound.allow',
    );
  });

  it.each(['10.0.0.0/33', 'example.com', '', '10.0.0.0/8/8'])(
    'names the entry that is no range: "%s"',
    text => {
      expect(() =>
        AddressPolicy.create({ allow: ['10.0.0.0/8', text] }),
      ).toThrow(`coderFleet.outbound.allow[1]: "${text}"`);
    },
  );
});

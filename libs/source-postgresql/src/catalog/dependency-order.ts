import { CodedError } from '@lastcopy/kernel';
import type { ObjectKind } from '../schema-document.js';
import type { CatalogNode } from './catalog-node.js';

/** Among nodes that are free to go, this order; from `constraint` on they follow the rows. */
const rank: Record<ObjectKind, number> = {
  schema: 0,
  extension: 1,
  collation: 2,
  type: 3,
  function: 4,
  aggregate: 5,
  sequence: 6,
  table: 7,
  inheritance: 8,
  default: 9,
  sequence_owner: 10,
  identity: 11,
  view: 12,
  materialized_view: 13,
  constraint: 20,
  index: 21,
  index_attachment: 22,
  foreign_key: 23,
  statistics: 24,
  rule: 25,
  trigger: 26,
  comment: 27,
  refresh: 28,
};

const followsRows = (node: CatalogNode): boolean => rank[node.kind] >= rank.constraint;

export interface CatalogEdge {
  readonly from: string;
  readonly to: string;
}

export interface OrderedNode {
  readonly node: CatalogNode;
  readonly section: 'pre' | 'post';
}

/** Which node each address means. */
export function nodesByAddress(nodes: CatalogNode[]): Map<string, CatalogNode> {
  const known = new Map<string, CatalogNode>();
  for (const node of nodes) for (const address of [node.address, ...node.aliases]) known.set(address, node);
  return known;
}

/** For every node the nodes it needs, from pg_depend and from what only we know. */
export function dependencies(nodes: CatalogNode[], edges: CatalogEdge[]): Map<CatalogNode, Set<CatalogNode>> {
  const known = nodesByAddress(nodes);
  const needed = new Map(nodes.map((node) => [node, new Set<CatalogNode>()]));
  const add = (from: CatalogNode | undefined, to: CatalogNode | undefined) => {
    if (from && to && from !== to) needed.get(from)!.add(to);
  };
  for (const node of nodes) for (const address of node.needs) add(node, known.get(address));
  for (const edge of edges) add(known.get(edge.from), known.get(edge.to));
  refreshesInOrder(nodes, needed);
  return needed;
}

/** A materialised view is refreshed after those that it reads, also through plain views. */
function refreshesInOrder(nodes: CatalogNode[], needed: Map<CatalogNode, Set<CatalogNode>>): void {
  const refreshOf = new Map(nodes.filter((node) => node.kind === 'refresh').map((node) => [node.identity, node]));
  for (const [identity, refresh] of refreshOf) {
    const seen = new Set<CatalogNode>();
    const waiting = [...needed.get(refresh)!];
    while (waiting.length > 0) {
      const node = waiting.pop()!;
      if (seen.has(node)) continue;
      seen.add(node);
      waiting.push(...needed.get(node)!);
    }
    for (const node of seen) {
      const earlier = node.kind === 'materialized_view' && node.identity !== identity ? refreshOf.get(node.identity) : undefined;
      if (earlier) needed.get(refresh)!.add(earlier);
    }
  }
}

const compare = (a: CatalogNode, b: CatalogNode): number =>
  rank[a.kind] - rank[b.kind] || (a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0);

/** An order in which every node follows what it needs, the same for the same schema. Throws SOURCE_UNSUPPORTED on a cycle. */
export function inDependencyOrder(nodes: CatalogNode[], needed: Map<CatalogNode, Set<CatalogNode>>): OrderedNode[] {
  const open = new Map(nodes.map((node) => [node, needed.get(node)!.size]));
  const wantedBy = new Map<CatalogNode, CatalogNode[]>();
  for (const [node, needs] of needed) for (const need of needs) wantedBy.set(need, [...(wantedBy.get(need) ?? []), node]);
  const free = new NodeQueue();
  for (const [node, count] of open) if (count === 0) free.push(node);
  const ordered: OrderedNode[] = [];
  const late = new Set<CatalogNode>();
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    // a view that groups by a primary key can only follow that key
    if (followsRows(node) || [...needed.get(node)!].some((need) => late.has(need))) late.add(node);
    ordered.push({ node, section: late.has(node) ? 'post' : 'pre' });
    open.delete(node);
    for (const waiting of wantedBy.get(node) ?? []) {
      const left = open.get(waiting)! - 1;
      open.set(waiting, left);
      if (left === 0) free.push(waiting);
    }
  }
  if (open.size > 0) {
    const names = [...open.keys()].slice(0, 10).map((node) => `${node.kind} ${node.identity}`);
    throw new CodedError(
      'SOURCE_UNSUPPORTED',
      `These objects depend on each other in a circle and cannot be recreated: ${names.join('; ')}.`,
    );
  }
  return ordered;
}

/** A binary heap: a schema may have a hundred thousand objects. */
class NodeQueue {
  private readonly heap: CatalogNode[] = [];

  push(node: CatalogNode): void {
    let place = this.heap.push(node) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (compare(this.heap[above]!, node) <= 0) break;
      this.heap[place] = this.heap[above]!;
      place = above;
    }
    this.heap[place] = node;
  }

  pop(): CatalogNode | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return first;
    let place = 0;
    for (let below = 1; below < this.heap.length; below = 2 * place + 1) {
      if (below + 1 < this.heap.length && compare(this.heap[below + 1]!, this.heap[below]!) < 0) below += 1;
      if (compare(last, this.heap[below]!) <= 0) break;
      this.heap[place] = this.heap[below]!;
      place = below;
    }
    this.heap[place] = last;
    return first;
  }
}

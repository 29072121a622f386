// Finds the intervals that contain a written key. They form a treap, ordered by the low end. Each node stores the
// highest end of its subtree.

export interface Node<T> {
  readonly lo: string;
  readonly hi: string;
  readonly value: T;
  readonly order: number;
  readonly priority: number;
  maxHi: string;
  left: Node<T> | null;
  right: Node<T> | null;
}

let count = 0;

/**
 * A set of half-open intervals lo <= key < hi. Adding, removing and finding take O(log n), and finding also the number
 * found.
 */
export class IntervalSet<T> {
  #root: Node<T> | null = null;

  get isEmpty(): boolean {
    return this.#root === null;
  }

  add(lo: string, hi: string, value: T): Node<T> {
    const node: Node<T> = {
      lo,
      hi,
      value,
      order: count++,
      priority: Math.random(),
      maxHi: hi,
      left: null,
      right: null,
    };
    this.#root = insert(this.#root, node);
    return node;
  }

  remove(node: Node<T>): void {
    this.#root = remove(this.#root, node);
  }

  /** Calls `found` with the value of every interval that contains the key. */
  find(key: string, found: (value: T) => void): void {
    const visit = (node: Node<T> | null): void => {
      while (node !== null && node.maxHi > key) {
        visit(node.left);
        if (node.lo > key) return;
        if (node.hi > key) found(node.value);
        node = node.right;
      }
    };
    visit(this.#root);
  }
}

const isBefore = <T>(a: Node<T>, b: Node<T>): boolean => a.lo < b.lo || (a.lo === b.lo && a.order < b.order);

function update<T>(node: Node<T>): Node<T> {
  let maxHi = node.hi;
  if (node.left !== null && node.left.maxHi > maxHi) maxHi = node.left.maxHi;
  if (node.right !== null && node.right.maxHi > maxHi) maxHi = node.right.maxHi;
  node.maxHi = maxHi;
  return node;
}

function insert<T>(root: Node<T> | null, node: Node<T>): Node<T> {
  if (root === null) return node;
  if (node.priority > root.priority) {
    [node.left, node.right] = split(root, node);
    return update(node);
  }
  if (isBefore(node, root)) root.left = insert(root.left, node);
  else root.right = insert(root.right, node);
  return update(root);
}

function split<T>(root: Node<T> | null, at: Node<T>): [Node<T> | null, Node<T> | null] {
  if (root === null) return [null, null];
  if (isBefore(root, at)) {
    const [left, right] = split(root.right, at);
    root.right = left;
    return [update(root), right];
  }
  const [left, right] = split(root.left, at);
  root.left = right;
  return [left, update(root)];
}

function merge<T>(left: Node<T> | null, right: Node<T> | null): Node<T> | null {
  if (left === null) return right;
  if (right === null) return left;
  if (left.priority > right.priority) {
    left.right = merge(left.right, right);
    return update(left);
  }
  right.left = merge(left, right.left);
  return update(right);
}

function remove<T>(root: Node<T> | null, node: Node<T>): Node<T> | null {
  if (root === null) return null;
  if (root === node) return merge(root.left, root.right);
  if (isBefore(node, root)) root.left = remove(root.left, node);
  else root.right = remove(root.right, node);
  return update(root);
}

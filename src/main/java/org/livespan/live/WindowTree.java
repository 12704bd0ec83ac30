package org.livespan.live;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The open windows, found by a date that they contain, without a walk over the others: a treap in the order of their starts,
 * in which each node knows the latest end below it.
 *
 * <p>Guarded by its {@link LiveImage}.
 *
 * @see <a href="https://faculty.washington.edu/aragon/pubs/rst89.pdf">Aragon and Seidel, Randomized Search Trees</a>
 */
final class WindowTree {

    private final SplittableRandom priorities = new SplittableRandom();
    private Node root;
    private int size;

    private static final class Node {
        private final Window window;
        private final int priority;
        private long latestEnd;
        private Node left;
        private Node right;

        Node(Window window, int priority) {
            this.window = window;
            this.priority = priority;
            update();
        }

        Node update() {
            latestEnd = window.span().end();
            latestEnd = left == null ? latestEnd : Math.max(latestEnd, left.latestEnd);
            latestEnd = right == null ? latestEnd : Math.max(latestEnd, right.latestEnd);
            return this;
        }
    }

    int size() {
        return size;
    }

    void add(Window window) {
        root = add(root, new Node(window, priorities.nextInt()));
        size++;
    }

    void remove(Window window) {
        root = remove(root, window);
    }

    void forEach(Consumer<Window> visitor) {
        visit(root, Long.MIN_VALUE, Long.MAX_VALUE, visitor);
    }

    /** Visits the windows that overlap the time from one date to another, both inclusive. */
    void forEachBetween(long start, long end, Consumer<Window> visitor) {
        visit(root, start, end, visitor);
    }

    private static void visit(Node node, long start, long end, Consumer<Window> visitor) {
        if (node == null || node.latestEnd < start) {
            return;
        }
        visit(node.left, start, end, visitor);
        if (node.window.span().start() <= end) {
            if (node.window.span().end() >= start) {
                visitor.accept(node.window);
            }
            visit(node.right, start, end, visitor);
        }
    }

    private static Node add(Node node, Node added) {
        if (node == null) {
            return added;
        }
        if (before(added.window, node.window)) {
            node.left = add(node.left, added);
            return node.left.priority > node.priority ? rotateRight(node) : node.update();
        }
        node.right = add(node.right, added);
        return node.right.priority > node.priority ? rotateLeft(node) : node.update();
    }

    private Node remove(Node node, Window window) {
        if (node == null) {
            return null;
        }
        if (node.window == window) {
            size--;
            return merge(node.left, node.right);
        }
        if (before(window, node.window)) {
            node.left = remove(node.left, window);
        } else {
            node.right = remove(node.right, window);
        }
        return node.update();
    }

    private static Node merge(Node left, Node right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        if (left.priority > right.priority) {
            left.right = merge(left.right, right);
            return left.update();
        }
        right.left = merge(left, right.left);
        return right.update();
    }

    private static Node rotateRight(Node node) {
        Node up = node.left;
        node.left = up.right;
        up.right = node.update();
        return up.update();
    }

    private static Node rotateLeft(Node node) {
        Node up = node.right;
        node.right = up.left;
        up.left = node.update();
        return up.update();
    }

    /** Window numbers are unique, so that each is found again among those with the same start. */
    private static boolean before(Window one, Window other) {
        int byStart = Long.compare(one.span().start(), other.span().start());
        return byStart != 0 ? byStart < 0 : one.number() < other.number();
    }
}

package io.nomnom.catalog;

/** How a derived entity comes to be. */
public sealed interface Derivation {

    /** The entity that it is made from. */
    Name entity();

    /** One for each one of the parent. */
    record FromParent(Name entity) implements Derivation {}

    /** One for each item of a list field; {@code itemName} names the item in inputs. */
    record RepeatedFor(Name entity, Name field, String itemName) implements Derivation {}
}

package io.nomnom.catalog;

import io.nomnom.catalog.Derivation.Parent;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Checks how derived entities come to be. */
final class DerivationChecker {
    private final Catalog catalog;
    private final Names names;
    private final Issues issues;
    private final Scopes scopes;

    DerivationChecker(Catalog catalog, Names names, Issues issues) {
        this.catalog = catalog;
        this.names = names;
        this.issues = issues;
        this.scopes = new Scopes(catalog);
    }

    void check(EntitySpec entity) {
        Derivation derivation = entity.derivation();
        if (entity.type() != EntitySpec.Type.DERIVED) {
            if (derivation != null) {
                issues.error(
                        IssueCode.ENT203,
                        derivation.parents().isEmpty()
                                ? entity.name().place()
                                : derivation.parents().getFirst().entity().place(),
                        "a %s entity is not derived from another"
                                .formatted(entity.type().name().toLowerCase(Locale.ROOT)),
                        "set type: derived");
            }
            return;
        }
        if (derivation == null) {
            return; // that it lacks one is reported where it is read
        }
        boolean whole = true;
        for (Parent parent : derivation.parents()) {
            whole &= checkParent(derivation, parent);
        }
        checkNames(derivation);
        if (whole) {
            checkJoin(entity, derivation);
            checkOrphans(entity, derivation);
        }
    }

    private boolean checkParent(Derivation derivation, Parent parent) {
        String key =
                derivation.repeatedFor() != null
                        ? "repeatedFor.entity"
                        : derivation.parents().size() > 1
                                ? "derivation.parents"
                                : "derivation.parent";
        EntitySpec spec = names.entity(parent.entity(), key);
        if (spec == null) {
            return false;
        }
        if (spec.type() == EntitySpec.Type.REFERENCE) {
            issues.error(
                    IssueCode.ENT203,
                    parent.entity().place(),
                    "'%s' is a reference entity; no message brings it"
                            .formatted(spec.name().text()));
        }
        if (spec.isAbstract()) {
            issues.error(
                    IssueCode.ENT210,
                    parent.entity().place(),
                    "'%s' is abstract; no message brings it".formatted(spec.name().text()),
                    "derive from an entity that extends it");
        }
        Derivation.RepeatedFor repeated = derivation.repeatedFor();
        if (repeated != null) {
            FieldSpec list = names.field(spec, repeated.field(), "repeatedFor.field");
            if (list != null && list.sound() && !repeats(list.type().kind())) {
                issues.error(
                        IssueCode.ENT207,
                        repeated.field().place(),
                        "'%s' is of type %s; only a list or an array repeats"
                                .formatted(list.name().text(), list.type()));
            }
        }
        return true;
    }

    private static boolean repeats(FieldType.Kind kind) {
        return kind == FieldType.Kind.LIST || kind == FieldType.Kind.ARRAY;
    }

    /** Sources find parents by name: no two may be called the same. */
    private void checkNames(Derivation derivation) {
        Derivation.RepeatedFor repeated = derivation.repeatedFor();
        if (repeated != null && catalog.entity(repeated.itemName()) != null) {
            issues.error(
                    IssueCode.ENT202,
                    repeated.field().place(),
                    "the item is called '%s', and so is an entity".formatted(repeated.itemName()),
                    "itemName: item");
        }
        Set<String> seen = new HashSet<>();
        for (Parent parent : derivation.parents()) {
            Name called = parent.alias() == null ? parent.entity() : parent.alias();
            if (!seen.add(called.text())) {
                issues.error(
                        IssueCode.ENT105,
                        called.place(),
                        "two parents are called '%s'".formatted(called.text()),
                        "each parent stands once");
            }
        }
    }

    private void checkJoin(EntitySpec entity, Derivation derivation) {
        Parent misfit = scopes.misfit(entity, derivation);
        if (misfit != null) {
            EntitySpec spec = catalog.entity(misfit.entity().text());
            issues.error(
                    IssueCode.ENT208,
                    misfit.entity().place(),
                    "'%s' repeats over %s, another parent over %s: they cannot be joined by index"
                            .formatted(
                                    misfit.entity().text(),
                                    spec == null ? "" : String.join(", ", scopes.of(spec)),
                                    String.join(", ", scopes.of(entity))),
                    "derive an entity from each");
        }
        if (!derivation.parents().isEmpty()
                && derivation.parents().stream().allMatch(Parent::ancillary)) {
            issues.error(
                    IssueCode.ENT208,
                    derivation.parents().getFirst().entity().place(),
                    "all parents are ancillary; one must bring the entity about",
                    "remove ancillary: true from one of them");
        }
    }

    private void checkOrphans(EntitySpec entity, Derivation derivation) {
        if (derivation.orphans() == Derivation.Orphans.DELETE
                && entity.stored() != null
                && Ownership.of(entity, catalog) == null) {
            issues.error(
                    IssueCode.ENT209,
                    entity.name().place(),
                    "orphans: delete needs a stored entity above whose unicity fields are all"
                            + " copied by '%s'".formatted(entity.name().text()),
                    "copy them with copyFrom");
        }
    }
}
